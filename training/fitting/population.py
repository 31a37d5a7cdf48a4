"""What leads look like at the data end, kept with the model so that the watch can tell when they no longer do."""

from dataclasses import replace
from typing import Final

import numpy as np

from features.compute import compute
from features.instant import MS_PER_DAY
from features.open_leads import open_leads
from features.snapshots import Snapshots
from models.conversion import ConversionModel
from models.quality.reference import Population, Reference
from training.labelling.preparation import Prepared

LEAST_LEADS: Final = 200
"""Of fewer open leads chance alone would be taken for drift."""

_MOST_LEADS: Final = 20_000
"""Enough for shares of a few bins."""

_DAYS_BACK: Final = (0, 4, 8, 12, 16, 20, 24)
"""One of each day of the week: on a Sunday, days since the last activity are others than on a Friday."""


def with_reference(model: ConversionModel, prepared: Prepared) -> ConversionModel:
    """Return the model with shares of what it sees: of the open leads, or of all as seen last where few are open.

    Parameters
    ----------
    model : ConversionModel
    prepared : Prepared
        What it was trained on.
    """
    population, days = _population(prepared)
    seen = [compute(model.spec, prepared.records, _some(snapshots)) for snapshots in days]
    told = [(matrix, model.probability(matrix)) for matrix in seen]
    return replace(model, reference=Reference.of(population, prepared.data_end_ms, model.spec, told))


def _population(prepared: Prepared) -> tuple[Population, list[Snapshots]]:
    ends_ms = (prepared.data_end_ms - back * MS_PER_DAY for back in _DAYS_BACK)
    days = [open_leads(prepared.tables, end_ms) for end_ms in ends_ms]
    if min(map(len, days)) >= LEAST_LEADS:
        return "open_leads", days
    lead, as_of_ms = (prepared.observed[name].to_numpy(dtype=np.int64) for name in ("lead", "as_of_ms"))
    newest_first = np.lexsort((-as_of_ms, lead))
    newest = newest_first[np.unique(lead[newest_first], return_index=True)[1]]
    return "newest_snapshots", [prepared.snapshots(newest.astype(np.int64))]


def _some(snapshots: Snapshots) -> Snapshots:
    places = np.linspace(0, len(snapshots) - 1, min(len(snapshots), _MOST_LEADS))
    return snapshots.take(places.astype(np.int64))
