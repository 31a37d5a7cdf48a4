"""The curves that show how a prediction behaved: reliability, gains, lift by decile, months."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from models.quality.interval import Interval, effective_size, wilson
from models.quality.metrics import CALIBRATION_BINS, roc_auc
from models.quality.tally import Ranking, Tally
from training.labelling.dataset import Dataset

_GAIN_POINTS: Final = 101
_DECILES: Final = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Rows of similar probability: what was predicted, and what happened.

    Attributes
    ----------
    mean_predicted : float
        Weighted mean probability.
    observed : Interval
        Weighted share won, with its Wilson interval; the sample size is that of the groups, not the rows.
    weight : float
        Weight of the rows in the bin.
    rows, leads : int
        Rows, and different leads among them.
    chance_error : float
        How far observed and predicted would stand apart on average, were the probabilities exact.
    """

    mean_predicted: float
    observed: Interval
    weight: float
    rows: int
    leads: int
    chance_error: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins of equal weight from the lowest probability to the highest; empty bins are left out."""

    bins: tuple[ReliabilityBin, ...]

    @property
    def error(self) -> float:
        """Expected calibration error: the weighted mean distance of observed from predicted."""
        return self._mean([abs(part.observed.value - part.mean_predicted) for part in self.bins])

    @property
    def chance_error(self) -> float:
        """The calibration error that exact probabilities would show on this much data."""
        return self._mean([part.chance_error for part in self.bins])

    def _mean(self, distances: list[float]) -> float:
        return float(np.average(distances, weights=[part.weight for part in self.bins]))


@dataclass(frozen=True, slots=True)
class Gains:
    """Share of the wins found (0..1) in the best share of the leads (0..1), from 0 to 1 in steps of 0.01."""

    name: str
    share_of_leads: tuple[float, ...]
    share_of_wins: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Decile:
    """A tenth of the weight; decile 1 has the highest probabilities.

    ``lift`` is the share won over the share won of all; tied rows on an edge belong to both sides in part.
    All NaN, save ``mean_predicted``, where nothing was won.
    """

    decile: int
    mean_predicted: float
    observed: float
    lift: float
    cumulative_lift: float
    share_of_wins: float


@dataclass(frozen=True, slots=True)
class Month:
    """The snapshots of one month of ``as_of`` (UTC). ``roc_auc`` is NaN where only one class occurs."""

    month: str
    rows: int
    leads: int
    base_rate: float
    mean_predicted: float
    roc_auc: float


def reliability(data: Dataset, probability: FloatArray, bins: int = CALIBRATION_BINS) -> Reliability:
    """Compare predicted and observed shares in bins of equal weight; equal probabilities share a bin."""
    ranking = Ranking.of(data.label, probability)
    edges = np.append(ranking.starts, len(data))[ranking.tally(data.weight[ranking.order]).bin_starts(bins)]
    parts = [ranking.order[start:stop] for start, stop in pairwise(edges) if stop > start]
    return Reliability(tuple(_reliability_bin(data, probability, rows) for rows in reversed(parts)))


def gains(name: str, data: Dataset, probability: FloatArray) -> Gains:
    """Return the cumulative gains curve of a prediction; NaN where nothing was won."""
    shares = np.linspace(0.0, 1.0, _GAIN_POINTS)
    won = _share_of_wins(Tally.of(data.label, probability, data.weight), shares)
    return Gains(name, tuple(shares.tolist()), tuple(won.tolist()))


def deciles(data: Dataset, probability: FloatArray) -> tuple[Decile, ...]:
    """Return the lift of each tenth of the weight, best first."""
    shares = np.arange(_DECILES + 1) / _DECILES
    won = _share_of_wins(Tally.of(data.label, probability, data.weight), shares)
    # A tally of probabilities in place of wins gives what the same tenths were predicted to win.
    predicted = Tally.of(probability, probability, data.weight).captured(shares)
    tenth = float(data.weight.sum()) / _DECILES
    base_rate = float(np.average(data.label, weights=data.weight))
    return tuple(
        Decile(
            decile=number,
            mean_predicted=float(predicted[number] - predicted[number - 1]) / tenth,
            observed=float(won[number] - won[number - 1]) * base_rate * _DECILES,
            lift=float(won[number] - won[number - 1]) * _DECILES,
            cumulative_lift=float(won[number]) * _DECILES / number,
            share_of_wins=float(won[number] - won[number - 1]),
        )
        for number in range(1, _DECILES + 1)
    )


def months(data: Dataset, probability: FloatArray) -> tuple[Month, ...]:
    """Return how base rate, prediction and ranking moved from month to month."""
    month = data.as_of_ms.astype("datetime64[ms]").astype("datetime64[M]")
    return tuple(_month(str(one), data, probability, np.flatnonzero(month == one)) for one in np.unique(month))


def _share_of_wins(tally: Tally, shares: FloatArray) -> FloatArray:
    won = tally.captured(shares)
    return won / tally.won_mass if tally.won_mass > 0 else np.full_like(won, np.nan)


def _reliability_bin(data: Dataset, probability: FloatArray, rows: IntArray) -> ReliabilityBin:
    weight = data.weight[rows]
    predicted = float(np.average(probability[rows], weights=weight))
    observed = float(np.clip(np.average(data.label[rows], weights=weight), 0.0, 1.0))
    size = effective_size(data.group[rows], weight)
    # The mean distance of a normal variable from its centre is sqrt(2 / pi) of its standard deviation.
    chance_error = float(np.sqrt(2 / np.pi * predicted * (1 - predicted) / size))
    leads = len(np.unique(data.lead[rows]))
    return ReliabilityBin(predicted, wilson(observed, size), float(weight.sum()), len(rows), leads, chance_error)


def _month(month: str, data: Dataset, probability: FloatArray, rows: IntArray) -> Month:
    label, predicted, weight = data.label[rows], probability[rows], data.weight[rows]
    return Month(
        month=month,
        rows=len(rows),
        leads=len(np.unique(data.lead[rows])),
        base_rate=float(np.average(label, weights=weight)),
        mean_predicted=float(np.average(predicted, weights=weight)),
        roc_auc=roc_auc(label, predicted, weight),
    )
