"""What changed by itself in the months before the data end, kept with the model: such a change is no drift.

A campaign that begins after the training is one that the model cannot know, and so were those that began in the months
before it. How much of that there was is measured for every age that a model may have, on the leads that were open on
days so far apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

import numpy as np

from features.arrays import FloatArray
from features.compute import compute
from features.instant import MS_PER_DAY
from features.open_leads import open_leads
from features.snapshots import Snapshots
from models.conversion import ConversionModel
from models.quality.reference import as_remembered
from models.quality.turnover import STEP_DAYS
from training.fitting.earlier_training import EarlierTraining
from training.fitting.months_apart import category_turnover, number_turnover
from training.fitting.population import LEAST_LEADS
from training.labelling.dataset import Dataset
from training.labelling.preparation import Prepared

_STEPS: Final = 7
"""Half a year and more: an older model is to be trained anew whatever it sees."""

_MOST_LEADS: Final = 5_000


def with_turnover(model: ConversionModel, data: Dataset, prepared: Prepared) -> ConversionModel:
    """Return the model with what changes by itself added to its reference, where that is of the open leads.

    Parameters
    ----------
    model : ConversionModel
        With a reference.
    data : Dataset
        The snapshots that it was fitted to, with its features.
    prepared : Prepared
        Where they are from.
    """
    reference = model.reference
    if reference is None or reference.population != "open_leads":
        return model
    months = list(_months(model, prepared))
    features = dict(reference.features)
    for column, feature in enumerate(model.spec.features):
        known, values = features[feature.name], [month.values[:, column] for month in months]
        if feature.categories is None:
            found = number_turnover(known, values)
        else:
            earlier = EarlierTraining.of(data, column, len(feature.categories))
            found = category_turnover(known, values, earlier)
        features[feature.name] = replace(known, turnover=found)
    said = number_turnover(reference.probability, [month.probability for month in months])
    probability = replace(reference.probability, turnover=said)
    return replace(model, reference=replace(reference, features=features, probability=probability))


@dataclass(frozen=True)
class _Month:
    """What the model sees of the leads that were open at an instant, and what it says of them."""

    values: FloatArray
    probability: FloatArray


def _months(model: ConversionModel, prepared: Prepared) -> Iterator[_Month]:
    """Yield the open leads of the data end, then those of one step before after the other, while there are enough."""
    ends_ms = (prepared.data_end_ms - step * STEP_DAYS * MS_PER_DAY for step in range(_STEPS + 1))
    found = (open_leads(prepared.tables, end_ms) for end_ms in ends_ms)
    for snapshots in takewhile(lambda leads: len(leads) >= LEAST_LEADS, found):
        matrix = compute(model.spec, prepared.records, _some(snapshots))
        yield _Month(as_remembered(matrix.values), model.probability(matrix))


def _some(snapshots: Snapshots) -> Snapshots:
    places = np.linspace(0, len(snapshots) - 1, min(len(snapshots), _MOST_LEADS))
    return snapshots.take(places.astype(np.int64))
