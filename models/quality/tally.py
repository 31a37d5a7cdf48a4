"""Won and lost weight at every distinct probability: all that a metric needs to know."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from features.arrays import FloatArray, IntArray

_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Ranking:
    """Rows put in order of probability once, so that weighting them anew costs only sums.

    Attributes
    ----------
    order : numpy.ndarray
        int64, the rows from the highest probability to the lowest.
    starts : numpy.ndarray
        int64, where in that order each distinct probability begins.
    probability : numpy.ndarray
        float64, the distinct probabilities, falling.
    label : numpy.ndarray
        float64, the rows' labels in that order.
    """

    order: IntArray
    starts: IntArray
    probability: FloatArray
    label: FloatArray

    @classmethod
    def of(cls, label: FloatArray, probability: FloatArray) -> "Ranking":
        """Rank rows by probability; equal probabilities stand together."""
        order = np.argsort(-probability, kind="stable")
        ranked = probability[order]
        starts = np.flatnonzero(np.concatenate([[True], np.diff(ranked) != 0])[: len(ranked)])
        return cls(order, starts, ranked[starts], label[order])

    @cached_property
    def log_won(self) -> FloatArray:
        """Log of the probability of winning, kept finite at 0 and 1."""
        return np.asarray(np.log(np.clip(self.probability, _EPS, 1 - _EPS)))

    @cached_property
    def log_lost(self) -> FloatArray:
        """Log of the probability of not winning, kept finite at 0 and 1."""
        return np.asarray(np.log(np.clip(1 - self.probability, _EPS, 1 - _EPS)))

    def tally(self, ordered_weight: FloatArray) -> "Tally":
        """Add up weights, given in the order of the ranking, at each distinct probability."""
        total = np.add.reduceat(ordered_weight, self.starts)
        return Tally(self, np.add.reduceat(ordered_weight * self.label, self.starts), total)


@dataclass(frozen=True)
class Tally:
    """Weight of the won rows and of all rows at each distinct probability of a ranking."""

    ranking: Ranking
    won: FloatArray
    total: FloatArray

    @classmethod
    def of(cls, label: FloatArray, probability: FloatArray, weight: FloatArray) -> "Tally":
        """Tally weighted rows."""
        ranking = Ranking.of(label, probability)
        return ranking.tally(weight[ranking.order])

    @property
    def lost(self) -> FloatArray:
        """Weight of the rows that were not won."""
        return self.total - self.won

    @cached_property
    def cumulative_won(self) -> FloatArray:
        """Won weight from the top down to each probability, that one included."""
        return np.asarray(np.cumsum(self.won))

    @cached_property
    def cumulative_total(self) -> FloatArray:
        """Weight from the top down to each probability, that one included."""
        return np.asarray(np.cumsum(self.total))

    @cached_property
    def mass(self) -> float:
        """Weight of all rows."""
        return float(self.cumulative_total[-1]) if len(self.total) else 0.0

    @cached_property
    def won_mass(self) -> float:
        """Weight of all won rows."""
        return float(self.cumulative_won[-1]) if len(self.won) else 0.0

    def captured(self, shares: FloatArray) -> FloatArray:
        """Won weight within the best shares (0..1) of the weight.

        Rows of equal probability are taken in part: the expected value over all orders of the tied rows.
        """
        reached = np.concatenate([[0.0], self.cumulative_total])
        return np.asarray(np.interp(shares * self.mass, reached, np.concatenate([[0.0], self.cumulative_won])))

    def bin_starts(self, bins: int) -> IntArray:
        """Cut the ranking into bins of equal weight; ties stay together, so a bin may be empty.

        Returns
        -------
        numpy.ndarray
            int64, shape (bins + 1,): bin b holds the distinct probabilities from ``starts[b]`` up to ``starts[b + 1]``.
        """
        middle = (self.cumulative_total - self.total / 2) / self.mass
        # A middle that falls on an edge must not change sides with the last digit of a sum.
        inner = np.searchsorted(middle, np.arange(1, bins) / bins - 1e-9)
        return np.concatenate([[0], inner, [len(middle)]]).astype(np.int64)
