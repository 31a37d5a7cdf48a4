"""Scores for the parts of a model's answer: fit and engagement, ranked as the whole is."""

from dataclasses import replace
from typing import Final

import numpy as np

from features.arrays import FloatArray
from models.conversion import ConversionModel
from models.score_map import ScoreMap
from models.sub_scores import PARTS, part_strength
from training.fitting.reference import reference_rows
from training.labelling.dataset import Dataset

_MOST_SNAPSHOTS: Final = 5_000
"""Enough for 98 quantiles; explaining every snapshot would take longer than fitting."""


def with_part_ranks(model: ConversionModel, data: Dataset) -> ConversionModel:
    """Return the model with a score map for each part, learnt on the reference population."""
    newer = reference_rows(data)
    some = newer[np.unique(np.linspace(0, len(newer) - 1, _MOST_SNAPSHOTS).astype(np.int64))]
    contributions = model.contributions(data.matrix.take(some))
    strength: dict[str, FloatArray] = {part: part_strength(part, model.spec, contributions) for part in PARTS}
    maps = {part: ScoreMap.of(values, data.weight[some]) for part, values in strength.items()}
    return replace(model, part_maps=maps)
