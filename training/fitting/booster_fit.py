"""Grow the trees of a candidate, all at once or in steps."""

from collections.abc import Iterator
from typing import Final

import lightgbm
import numpy as np

from features.arrays import FloatArray
from models.booster import BoosterMember
from training.fitting.candidates import STEP, Candidate
from training.labelling.dataset import Dataset

TREE_THREADS: Final = 2
"""Boosters that grow at a time, each in one thread: threads that share one booster wait for each other."""


def grow(data: Dataset, candidate: Candidate, trees: int, seed: int) -> BoosterMember:
    """Grow trees on all snapshots of ``data``, by their weights."""
    booster = lightgbm.train(candidate.parameters(data, seed), binned(data), num_boost_round=trees)
    return BoosterMember.of(booster)


def binned(data: Dataset) -> lightgbm.Dataset:
    """Return the snapshots as LightGBM bins them, for any candidate; the weights average to one."""
    return lightgbm.Dataset(
        data.matrix.values,
        label=data.label,
        weight=data.weight * (len(data) / data.weight.sum()),
        categorical_feature=data.matrix.categorical_positions,
        params={"verbosity": -1, "deterministic": True, "feature_pre_filter": False, "num_threads": 1},
        free_raw_data=False,
    )


def growing(rows: lightgbm.Dataset, parameters: dict[str, object], values: FloatArray) -> Iterator[FloatArray]:
    """Grow trees without end; after each ``STEP`` of them yield the log-odds of other snapshots' ``values``."""
    booster = lightgbm.Booster(parameters, rows)
    total = np.zeros(len(values))
    while True:
        for _ in range(STEP):
            booster.update()
        newest = booster.current_iteration() - STEP
        total = total + np.asarray(
            booster.predict(values, raw_score=True, start_iteration=newest, num_iteration=STEP, num_threads=1)
        )
        yield total
