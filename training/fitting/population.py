"""What leads look like at the data end, kept with the model so that the watch can tell when they no longer do."""

from dataclasses import replace
from typing import Final

import numpy as np

from features.compute import compute
from features.open_leads import open_leads
from features.snapshots import Snapshots
from models.conversion import ConversionModel
from models.quality.reference import Population, Reference
from training.labelling.preparation import Prepared

LEAST_LEADS: Final = 200
"""Of fewer open leads chance alone would be taken for drift."""


def with_reference(model: ConversionModel, prepared: Prepared) -> ConversionModel:
    """Return the model with shares of what it sees: of the open leads, or of all as seen last where few are open.

    Parameters
    ----------
    model : ConversionModel
    prepared : Prepared
        What it was trained on.
    """
    population, snapshots = _population(prepared)
    matrix = compute(model.spec, prepared.records, snapshots)
    told = Reference.of(population, prepared.data_end_ms, model.spec, matrix, model.probability(matrix))
    return replace(model, reference=told)


def _population(prepared: Prepared) -> tuple[Population, Snapshots]:
    now = open_leads(prepared.tables, prepared.data_end_ms)
    if len(now) >= LEAST_LEADS:
        return "open_leads", now
    lead, as_of_ms = (prepared.observed[name].to_numpy(dtype=np.int64) for name in ("lead", "as_of_ms"))
    newest_first = np.lexsort((-as_of_ms, lead))
    newest = newest_first[np.unique(lead[newest_first], return_index=True)[1]]
    return "newest_snapshots", prepared.snapshots(newest.astype(np.int64))
