"""The champion and the challenger on the same snapshots, whose outcomes neither has learnt from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from features.arrays import FloatArray
from features.wording import Wording
from models.quality.bootstrap import RESAMPLES, Replicates, replicate
from models.quality.interval import Interval
from models.quality.metrics import Metric, brier, calibration_ratio, log_loss, roc_auc
from training.labelling.dataset import Dataset

CHAMPION: Final = "champion"
CHALLENGER: Final = "challenger"
METRICS: Final[tuple[Metric, ...]] = (log_loss, roc_auc, brier, calibration_ratio)
"""What both are measured by; the first decides."""

Obstacle: TypeAlias = Literal[
    "other_horizon", "unreadable_champion", "nothing_newer", "too_few_deals", "champion_sees_excluded"
]


@dataclass(frozen=True, slots=True)
class Incomparable:
    """Why champion and challenger cannot be compared."""

    obstacle: Obstacle
    wording: Wording


@dataclass(frozen=True)
class Comparison:
    """How champion and challenger did on the same snapshots.

    Attributes
    ----------
    start_ms, end_ms : int
        The first and the last ``as_of``, milliseconds since the epoch.
    rows, leads, wins : int
        Snapshots, different leads among them, and different leads won within the horizon.
    champion, challenger : mapping of str to Interval
        Metric to value.
    excess : Interval
        The challenger's log loss over the champion's, less one: below zero the challenger is better. The interval is
        that of the same resamples of companies for both.
    """

    start_ms: int
    end_ms: int
    rows: int
    leads: int
    wins: int
    champion: Mapping[str, Interval]
    challenger: Mapping[str, Interval]
    excess: Interval

    def to_json(self) -> dict[str, object]:
        """Return the figures as JSON types; None where one is not defined."""
        scores = {CHAMPION: self.champion, CHALLENGER: self.challenger}
        return {
            "start_ms": self.start_ms,
            "end_ms": self.end_ms,
            "rows": self.rows,
            "leads": self.leads,
            "wins": self.wins,
            "log_loss_excess": _plain(self.excess),
            **{name: {metric: _plain(one) for metric, one in found.items()} for name, found in scores.items()},
        }


def compare_predictions(
    data: Dataset, champion: FloatArray, challenger: FloatArray, *, seed: int, metrics: tuple[Metric, ...] = METRICS
) -> Comparison:
    """Compare two predictions of the same snapshots, by log loss and by what else is asked for.

    Parameters
    ----------
    data : Dataset
        At least one labelled snapshot; the features are not looked at.
    champion, challenger : numpy.ndarray
        float64, one probability a snapshot.
    seed : int
        For the intervals.
    metrics : tuple of Metric
        Log loss among them.
    """
    predictions = {CHAMPION: champion, CHALLENGER: challenger}
    drawn = replicate(data, predictions, metrics, seed=seed, resamples=RESAMPLES)
    scores = {name: _intervals(found, metrics) for name, found in drawn.items()}
    ratio = drawn[CHALLENGER].over(drawn[CHAMPION], log_loss.name)
    return Comparison(
        start_ms=int(data.as_of_ms.min()),
        end_ms=int(data.as_of_ms.max()),
        rows=len(data),
        leads=len(np.unique(data.lead)),
        wins=len(np.unique(data.lead[data.label == 1])),
        champion=scores[CHAMPION],
        challenger=scores[CHALLENGER],
        excess=Interval(ratio.value - 1, ratio.low - 1, ratio.high - 1),
    )


def _intervals(found: Replicates, metrics: tuple[Metric, ...]) -> dict[str, Interval]:
    return {metric.name: found.interval(metric.name) for metric in metrics}


def _plain(interval: Interval) -> list[float] | None:
    """Return value, low and high; JSON has no NaN."""
    return None if np.isnan(interval.low) else [interval.value, interval.low, interval.high]
