"""What a small model makes of a group of columns: of the time to closing, and of open leads."""

from collections.abc import Sequence
from typing import Final

import lightgbm
import numpy as np

from features.arrays import BoolArray, FloatArray
from training.audit.cases import Cases
from training.audit.cohorts import Cohorts
from training.audit.evidence.closing_time import ClosingTime, explained
from training.audit.evidence.open_leads import OpenLeads, open_leads

_PARAMETERS: Final = {
    "max_depth": 3,
    "num_leaves": 8,
    "learning_rate": 0.15,
    "min_data_in_leaf": 20,
    "lambda_l2": 5.0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}
_TREES: Final = 40


def closing_time_of(cases: Cases, positions: Sequence[int], ranks: FloatArray) -> ClosingTime:
    """Return how much of the time to closing some features tell together."""
    values, fold = _columns(cases.data.matrix.values, positions), cases.random
    told = _fitted(values[fold.train], ranks[fold.train], "regression")
    return ClosingTime(explained(_predicted(told, values[fold.test]), ranks[fold.test]))


def open_leads_of(cohorts: Cohorts, positions: Sequence[int]) -> OpenLeads | None:
    """Return what some features promise together of open leads; None where they tell decided leads from no others."""
    found = [_promise(cohorts, positions, ended, is_won=is_won) for ended, is_won in cohorts.endings]
    telling = [one for one in found if one.is_telling]
    return next((one for one in telling if one.leans), telling[0] if telling else None)


def _promise(cohorts: Cohorts, positions: Sequence[int], ended: BoolArray, *, is_won: bool) -> OpenLeads:
    """Fit to one half of the earlier look and ask the other half, so that nothing is promised by heart."""
    then, now = (_columns(matrix.values, positions) for matrix in (cohorts.then, cohorts.now))
    halves = np.arange(len(then)) % 2
    promised_then, promised_now = np.empty(len(then)), np.zeros(len(now))
    for half in (0, 1):
        booster = _fitted(then[halves != half], ended[halves != half].astype(np.float64), "binary")
        promised_then[halves == half] = _predicted(booster, then[halves == half])
        promised_now += _predicted(booster, now) / 2
    return open_leads(promised_then, promised_now, cohorts.weight, ended, is_won=is_won)


def _fitted(values: FloatArray, target: FloatArray, objective: str) -> lightgbm.Booster:
    parameters = {**_PARAMETERS, "objective": objective}
    return lightgbm.train(parameters, lightgbm.Dataset(values, target, params={"verbosity": -1}), _TREES)


def _predicted(booster: lightgbm.Booster, values: FloatArray) -> FloatArray:
    return np.asarray(booster.predict(values, num_threads=1), dtype=np.float64)


def _columns(values: FloatArray, positions: Sequence[int]) -> FloatArray:
    return values[:, np.array(sorted(positions), dtype=np.int64)]
