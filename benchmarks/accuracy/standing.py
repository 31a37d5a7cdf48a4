"""Measure all rivals on one trial, with intervals, and place them."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from benchmarks.accuracy.rivals import Rival
from benchmarks.accuracy.sources import Source, Trial
from features.arrays import FloatArray
from models.quality.bootstrap import Replicates, replicate
from models.quality.interval import Interval
from models.quality.metrics import METRICS

_RESAMPLE_SEED = 7
_LEAST = 1e-4


@dataclass(frozen=True)
class Standing:
    """How one rival did on one source.

    Attributes
    ----------
    rival : str
        Its name.
    seeds : int
        Over how many seeds the figures are averaged.
    log_loss, roc_auc : Interval
        On the test.
    seconds : float
        For one seed.
    """

    rival: str
    seeds: int
    log_loss: Interval
    roc_auc: Interval
    seconds: float


def measure(source: Source, trial: Trial, rivals: Sequence[Rival]) -> list[Standing]:
    """Return the rivals' standings, the lowest log loss first."""
    standings = [_measured(rival, trial, 1 if rival.is_slow else source.seeds) for rival in rivals]
    return sorted(standings, key=lambda standing: standing.log_loss.value)


def _measured(rival: Rival, trial: Trial, seeds: int) -> Standing:
    start = perf_counter()
    predictions = [_within_reason(rival.predict(trial, seed)) for seed in range(seeds)]
    seconds = (perf_counter() - start) / seeds
    metrics = [METRICS["log_loss"], METRICS["roc_auc"]]
    named = {str(seed): prediction for seed, prediction in enumerate(predictions)}
    averaged = _averaged(list(replicate(trial.test, named, metrics, seed=_RESAMPLE_SEED).values()))
    return Standing(rival.name, seeds, averaged.interval("log_loss"), averaged.interval("roc_auc"), seconds)


def _averaged(seeds: Sequence[Replicates]) -> Replicates:
    """Return the mean over seeds of each figure, on the data and on each resample."""
    return Replicates(
        value={name: float(np.mean([seed.value[name] for seed in seeds])) for name in seeds[0].value},
        draws={name: np.mean([seed.draws[name] for seed in seeds], axis=0) for name in seeds[0].draws},
    )


def _within_reason(probabilities: FloatArray) -> FloatArray:
    """Keep a forest's zeros and ones from an endless loss."""
    return np.clip(probabilities, _LEAST, 1.0 - _LEAST)
