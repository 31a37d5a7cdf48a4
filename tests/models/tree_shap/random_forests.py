"""Boosters of every kind that LightGBM grows, and rows to ask them about."""

from dataclasses import dataclass

import lightgbm
import numpy as np

from features.arrays import FloatArray

_NUMBERS, _CATEGORIES = 4, 2
FEATURES = _NUMBERS + _CATEGORIES
_SEEN_CODES = 40


@dataclass(frozen=True)
class Kind:
    """What a booster is grown to."""

    seed: int
    trees: int
    depth: int
    leaves: int
    missing: str
    has_categories: bool


def grown(kind: Kind) -> lightgbm.Booster:
    rng = np.random.default_rng(kind.seed)
    values = _rows(rng, 400)
    signal = np.nan_to_num(values[:, 0]) * np.nan_to_num(values[:, 1]) + (values[:, 4] % 3 == 1) - values[:, 5] / 20
    label = (signal + rng.normal(size=len(values)) > np.median(np.nan_to_num(signal))).astype(np.float64)
    parameters = {
        "objective": "binary",
        "max_depth": kind.depth,
        "num_leaves": kind.leaves,
        "min_data_in_leaf": 3,
        "min_data_per_group": 5,
        "max_cat_to_onehot": 2,
        "use_missing": kind.missing != "none",
        "zero_as_missing": kind.missing == "zero",
        "learning_rate": 0.3,
        "num_threads": 1,
        "seed": kind.seed,
        "verbosity": -1,
    }
    categorical = list(range(_NUMBERS, FEATURES)) if kind.has_categories else []
    data = lightgbm.Dataset(values, label, categorical_feature=categorical)
    return lightgbm.train(parameters, data, num_boost_round=kind.trees)


def odd_rows(seed: int, rows: int) -> FloatArray:
    """Return rows like those grown on, with much that was not: codes never seen, numbers at and around zero."""
    rng = np.random.default_rng(seed)
    values = _rows(rng, rows)
    odd = np.array([0.0, -0.0, 1e-36, -1e-36, 1e-35, -1e-35, float(np.float32(1e-35)), -1e30, 1e30, -1.0, -0.5, 1e9])
    is_odd = rng.random(values.shape) < 0.2
    values[is_odd] = rng.choice(odd, int(is_odd.sum()))
    values[:, _NUMBERS:][is_odd[:, _NUMBERS:]] += rng.choice([0.0, 0.5, 1000.0], int(is_odd[:, _NUMBERS:].sum()))
    return values


def _rows(rng: np.random.Generator, rows: int) -> FloatArray:
    numbers = rng.normal(size=(rows, _NUMBERS))
    numbers[:, 1] = np.round(numbers[:, 1])
    numbers[:, 2] *= rng.random(rows) < 0.3
    codes = rng.integers(0, _SEEN_CODES, (rows, _CATEGORIES)).astype(np.float64)
    values = np.concatenate((numbers, codes), axis=1)
    values[:, :-1][rng.random((rows, FEATURES - 1)) < 0.15] = np.nan
    return values
