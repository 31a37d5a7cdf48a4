"""Ours and the others: each takes a trial and a seed, and returns probabilities for the test."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import lightgbm
import numpy as np
import pandas as pd
from catboost import CatBoostClassifier
from interpret.glassbox import ExplainableBoostingClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

from benchmarks.accuracy.sources import Trial
from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from models.calibration import probability
from training.evaluation.baselines import fit_logistic
from training.fitting.booster_fit import binned, grow
from training.fitting.candidates import FLOOR, TREE_FLOOR
from training.fitting.level_free_loss import Outcomes
from training.fitting.refit import fit
from training.fitting.tree_choice import choose_trees
from training.labelling.splits import forward_blocks

OURS: Final = "ours"
FLOOR_RECIPE: Final = "floor recipe"


@dataclass(frozen=True)
class Rival:
    """A way to predict, and whether it is too slow for more than one seed."""

    name: str
    predict: Callable[[Trial, int], FloatArray]
    is_slow: bool = False


def _ours(trial: Trial, seed: int) -> FloatArray:
    return fit(trial.train, seed=seed).model(trial.spec).probability(trial.test.matrix)


def _floor(trial: Trial, seed: int) -> FloatArray:
    splits = forward_blocks(trial.train, 4, seed)
    blocks = [Outcomes(split.test_rows, split.test.label, split.test.weight) for split in splits]
    trees = choose_trees(splits, blocks, (FLOOR,), seed).trees if splits else TREE_FLOOR
    return probability(grow(trial.train, FLOOR, trees, seed).log_odds(trial.test.matrix.values))


def _logistic(trial: Trial, seed: int) -> FloatArray:
    del seed  # no chance in it
    return fit_logistic(trial.train)(trial.test.matrix)


def _lightgbm(trial: Trial, seed: int) -> FloatArray:
    parameters = {"objective": "binary", "seed": seed, "num_threads": 1, "verbosity": -1, "feature_pre_filter": False}
    booster = lightgbm.train(parameters, binned(trial.train))
    return np.asarray(booster.predict(trial.test.matrix.values), dtype=np.float64)


def _random_forest(trial: Trial, seed: int) -> FloatArray:
    forest = RandomForestClassifier(500, min_samples_leaf=5, n_jobs=2, random_state=seed)
    return _fitted(forest, trial, trial.train.matrix.values, trial.test.matrix.values)


def _hist_gradient_boosting(trial: Trial, seed: int) -> FloatArray:
    categorical = trial.train.matrix.categorical_positions
    boosting = HistGradientBoostingClassifier(categorical_features=categorical, random_state=seed)
    return _fitted(boosting, trial, trial.train.matrix.values, trial.test.matrix.values)


def _catboost(trial: Trial, seed: int) -> FloatArray:
    boosting = CatBoostClassifier(
        cat_features=trial.train.matrix.categorical_positions,
        random_seed=seed,
        thread_count=2,
        verbose=False,
        allow_writing_files=False,
    )
    return _fitted(boosting, trial, _frame(trial.train.matrix), _frame(trial.test.matrix))


def _explainable_boosting(trial: Trial, seed: int) -> FloatArray:
    kinds = ["nominal" if name in trial.train.matrix.categorical else "continuous" for name in trial.train.matrix.names]
    boosting = ExplainableBoostingClassifier(feature_types=kinds, outer_bags=4, random_state=seed, n_jobs=2)
    with warnings.catch_warnings():
        # It warns that its own charts leave out missing values.
        warnings.simplefilter("ignore", UserWarning)
        return _fitted(boosting, trial, _frame(trial.train.matrix), _frame(trial.test.matrix))


def _fitted(classifier: Any, trial: Trial, train: object, test: object) -> FloatArray:
    """Fit a classifier of scikit-learn's manner and return its probabilities for the test."""
    classifier.fit(train, trial.train.label, sample_weight=trial.train.weight)
    return np.asarray(classifier.predict_proba(test)[:, 1], dtype=np.float64)


def _frame(matrix: FeatureMatrix) -> pd.DataFrame:
    """Return the matrix with its codes as text, for those that want categories so."""
    frame = pd.DataFrame(matrix.values, columns=list(matrix.names))
    for name in matrix.categorical:
        frame[name] = frame[name].fillna(-1).astype(np.int64).astype(str).astype(object)
    return frame


RIVALS: Final = (
    Rival(OURS, _ours),
    Rival(FLOOR_RECIPE, _floor),
    Rival("logistic regression", _logistic),
    Rival("random forest", _random_forest),
    Rival("HistGradientBoosting", _hist_gradient_boosting),
    Rival("LightGBM defaults", _lightgbm),
    Rival("CatBoost defaults", _catboost, is_slow=True),
    Rival("EBM, 4 bags", _explainable_boosting, is_slow=True),
)
