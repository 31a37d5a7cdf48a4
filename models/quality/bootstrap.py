"""Intervals by resampling whole groups of leads.

Rows of one lead, and leads of one company, share their fate; resampling rows would make every interval too narrow.
Resamples are multiplicities of groups, so the rows are sorted once and every resample is a new weighting of them
(the cluster bootstrap: Davison & Hinkley 1997, section 3.8).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from features.arrays import FloatArray, IntArray
from models.quality.interval import Interval
from models.quality.metrics import Metric
from models.quality.tally import Ranking

RESAMPLES = 300
_TAILS = (2.5, 97.5)


class Labelled(Protocol):
    """What was predicted, one entry a row."""

    @property
    def label(self) -> FloatArray:
        """1 where it came true, else 0."""

    @property
    def weight(self) -> FloatArray:
        """How much the row counts."""

    @property
    def group(self) -> IntArray:
        """Equal for rows that share their fate."""


@dataclass(frozen=True)
class Replicates:
    """One prediction's metrics on the data, and on every resample of it.

    Attributes
    ----------
    value : dict
        Metric name to its value on the data.
    draws : dict
        Metric name to its values on the resamples, float64 of shape (resamples,).
    """

    value: dict[str, float]
    draws: dict[str, FloatArray]

    def interval(self, metric: str) -> Interval:
        """Return a metric with its percentile interval."""
        return _percentile_interval(self.value[metric], self.draws[metric])

    def minus(self, other: "Replicates", metric: str) -> Interval:
        """Return the difference of a metric to another prediction's on the same resamples."""
        difference = self.value[metric] - other.value[metric]
        return _percentile_interval(difference, self.draws[metric] - other.draws[metric])

    def over(self, other: "Replicates", metric: str) -> Interval:
        """Return the ratio of a metric to another prediction's on the same resamples."""
        with np.errstate(divide="ignore", invalid="ignore"):
            draws = self.draws[metric] / other.draws[metric]
            return _percentile_interval(float(np.divide(self.value[metric], other.value[metric])), draws)


def replicate(
    data: Labelled,
    predictions: Mapping[str, FloatArray],
    metrics: Iterable[Metric],
    *,
    seed: int,
    resamples: int = RESAMPLES,
) -> dict[str, Replicates]:
    """Measure predictions on the data and on resamples of its groups, the same resamples for all of them.

    Parameters
    ----------
    data : Labelled
        What was predicted.
    predictions : mapping
        Name to probability, float64, one per row of the data.
    metrics : iterable of Metric
        What to measure.
    seed : int
        The same seed gives the same resamples.
    resamples : int
        How many.

    Returns
    -------
    dict
        Name to replicates, in the order of the predictions.
    """
    chosen = tuple(metrics)
    groups, group = np.unique(data.group, return_inverse=True)
    rankings = {name: Ranking.of(data.label, probability) for name, probability in predictions.items()}
    values = {name: np.empty((resamples + 1, len(chosen))) for name in predictions}
    columns = {name: (data.weight[ranking.order], group[ranking.order]) for name, ranking in rankings.items()}
    for draw, multiplicity in enumerate(_multiplicities(len(groups), resamples, seed)):
        for name, (weight, ordered_group) in columns.items():
            tally = rankings[name].tally(weight * multiplicity[ordered_group])
            values[name][draw] = [metric.measure(tally) for metric in chosen]
    return {name: _replicates(chosen, table) for name, table in values.items()}


def _multiplicities(groups: int, resamples: int, seed: int) -> Iterator[IntArray]:
    """Yield how often each group is drawn: first once each, which is the data itself, then at random."""
    generator = np.random.default_rng(seed)
    yield np.ones(groups, dtype=np.int64)
    for _ in range(resamples):
        yield np.bincount(generator.integers(groups, size=groups), minlength=groups)


def _replicates(metrics: tuple[Metric, ...], table: FloatArray) -> Replicates:
    names = [metric.name for metric in metrics]
    return Replicates(
        value={name: float(table[0, position]) for position, name in enumerate(names)},
        draws={name: table[1:, position] for position, name in enumerate(names)},
    )


def _percentile_interval(value: float, draws: FloatArray) -> Interval:
    """Take the middle 95 % of the draws; a resample without both classes has no say."""
    defined = draws[~np.isnan(draws)]
    if np.isnan(value) or not len(defined):
        return Interval(value, np.nan, np.nan)
    low, high = np.percentile(defined, _TAILS)
    # The calibration error grows under resampling, so its percentiles can miss the value itself.
    return Interval(value, min(value, float(low)), max(value, float(high)))
