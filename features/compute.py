"""From records and snapshots to the feature matrix: the one code path of training and serving."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.look import look_at_lead
from features.matrix import FeatureMatrix
from features.one_lead import measured_lead
from features.records import Records
from features.snapshots import Snapshots
from features.spec import FeatureSpec
from features.text_column import TextColumn, encoded
from features.view import View

_CHUNK_ROWS: Final = 3_000
_THREADS: Final = 2


def compute(spec: FeatureSpec, records: Records, snapshots: Snapshots) -> FeatureMatrix:
    """Compute the features of a spec at snapshots.

    Parameters
    ----------
    spec : FeatureSpec
        Which features, in which order, with which categories.
    records : Records
        The source.
    snapshots : Snapshots
        The leads and instants, in any order.

    Returns
    -------
    FeatureMatrix
        One row a snapshot, in the order given. A row depends on its own snapshot only.
    """
    lead = look_at_lead(records, snapshots, spec.excluded)
    if lead is not None:
        return FeatureMatrix(spec.names, measured_lead(spec, lead), spec.categorical)
    seen = records.without(spec.excluded)
    if len(snapshots) == 1:
        return FeatureMatrix(spec.names, measured(spec, View(seen, snapshots)), spec.categorical)
    values = np.empty((len(snapshots), len(spec.features)))
    order = snapshots.lead.argsort()
    chunks = [order[start : start + _CHUNK_ROWS] for start in range(0, len(order), _CHUNK_ROWS)]

    def fill(rows: IntArray) -> None:
        values[rows] = measured(spec, View(seen, snapshots.take(rows)))

    if len(chunks) == 1:
        fill(chunks[0])
    else:
        with ThreadPoolExecutor(_THREADS) as pool:
            list(pool.map(fill, chunks))
    return FeatureMatrix(spec.names, values, spec.categorical)


def measured(spec: FeatureSpec, view: View) -> FloatArray:
    """Return the values of features, shape (snapshots, features)."""
    # A feature after the other in memory, which is how they are written.
    values = np.empty((len(spec.features), len(view.snapshots)))
    for statistic, columns, streams in spec.stream_columns:
        values[list(columns)] = view.side_by_side(statistic, streams)
    texts: list[tuple[int, TextColumn, Mapping[str, float]]] = []
    for column, measure, code_of, _ in spec.single_columns:
        measured_column = measure(view)
        if isinstance(measured_column, TextColumn):
            texts.append((column, measured_column, code_of))
        elif isinstance(measured_column, np.ndarray):
            values[column] = measured_column
    if texts:
        places, measures, codes = zip(*texts, strict=True)
        values[list(places)] = encoded(measures, codes)
    return values.T
