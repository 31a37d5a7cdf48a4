"""From a probability to a score 1..99 and a grade: the rank in the reference population."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

import numpy as np

from features.arrays import FloatArray, IntArray

Grade = Literal["A", "B", "C", "D"]

GRADES: Final[tuple[Grade, ...]] = ("A", "B", "C", "D")
LOWEST_SCORE: Final = 1
HIGHEST_SCORE: Final = 99
SHARES: Final = (0.10, 0.20, 0.30)
"""Of the reference population for A, B and C, where nobody says how many leads sales can work; the rest is D."""

_ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class ScoreMap:
    """Where a probability stands among the reference population.

    Attributes
    ----------
    quantiles : tuple of float
        98 probabilities: what lies above earns a score of 2, 3, ..., 99.
    cut_offs : tuple of int
        Three scores: the least that earns an A, a B, a C.
    """

    quantiles: tuple[float, ...]
    cut_offs: tuple[int, ...]

    def __post_init__(self) -> None:
        faults = [*self._quantile_faults(), *self._cut_off_faults()]
        if faults:
            raise ValueError("; ".join(faults))

    @classmethod
    def of(cls, probabilities: FloatArray, weight: FloatArray) -> "ScoreMap":
        """Learn the map from the probabilities of a reference population; the grades have the shares of ``SHARES``.

        Parameters
        ----------
        probabilities, weight : numpy.ndarray
            float64, one per snapshot; the weights need no particular sum.

        Raises
        ------
        ValueError
            Where the population is empty.
        """
        if not len(probabilities):
            raise ValueError(
                "A score is a rank, so the reference population needs at least one probability; found none."
            )
        steps = np.arange(LOWEST_SCORE, HIGHEST_SCORE) / HIGHEST_SCORE
        cut_offs = np.rint(LOWEST_SCORE + HIGHEST_SCORE * (1.0 - np.cumsum(SHARES))).astype(int)
        return cls(_weighted_quantiles(probabilities, weight, steps), tuple(cut_offs.tolist()))

    def limited(self, probabilities: FloatArray, weight: FloatArray, share: float) -> "ScoreMap":
        """Return the map by which at most a share of a population is graded A, and as near to it as ties allow.

        B and C get the parts of the rest that they have by default. A grade begins at a whole score, so the score next
        to each beginning gives way to it: even a share of 0.3 % has a score of its own.

        Parameters
        ----------
        probabilities, weight : numpy.ndarray
            float64, one per member of the population, which need not be the one that the map was learnt from.
        share : float
            Positive; from 1 on everything is an A.
        """
        if share >= 1.0:
            return replace(self, cut_offs=(LOWEST_SCORE,) * len(SHARES))
        tops = share + np.cumsum([0.0, *SHARES[1:]]) * (1.0 - share) / (1.0 - SHARES[0])
        quantiles, cut_offs, place = list(self.quantiles), [], len(self.quantiles)
        for above in _weighted_quantiles(probabilities, weight, 1.0 - tops - _ROUNDING):
            place = _move_boundary(quantiles, above, place)
            cut_offs.append(LOWEST_SCORE + 1 + place)
        return replace(self, quantiles=tuple(quantiles), cut_offs=tuple(cut_offs))

    def score(self, probabilities: FloatArray) -> IntArray:
        """Return each probability's score from 1 to 99; a higher probability never scores lower.

        Where many leads share one probability, it gets the middle of the ranks they take up.
        """
        below = self._least.searchsorted(probabilities, side="left")
        reached = self._least.searchsorted(probabilities, side="right")
        return LOWEST_SCORE + ((below + reached) // 2).astype(np.int64)

    def grade(self, scores: IntArray) -> list[Grade]:
        """Return the grade of each score, A to D."""
        return [self.grade_of(score) for score in scores.tolist()]

    def grade_of(self, score: int) -> Grade:
        """Return the grade of one score."""
        return self._grades[score]

    def to_json(self) -> dict[str, list[float]]:
        """Return the map as plain lists."""
        return {"quantiles": list(self.quantiles), "cut_offs": list(self.cut_offs)}

    @classmethod
    def from_json(cls, content: Mapping[str, list[float]]) -> "ScoreMap":
        """Restore a map written by ``to_json``."""
        return cls(tuple(map(float, content["quantiles"])), tuple(map(int, content["cut_offs"])))

    @cached_property
    def _grades(self) -> tuple[Grade, ...]:
        """The grade of each score from 0 on."""
        missed = (sum(score < cut_off for cut_off in self.cut_offs) for score in range(HIGHEST_SCORE + 1))
        return tuple(GRADES[number] for number in missed)

    @cached_property
    def _least(self) -> FloatArray:
        return np.array(self.quantiles, dtype=np.float64)

    def _quantile_faults(self) -> list[str]:
        needed = HIGHEST_SCORE - LOWEST_SCORE
        if len(self.quantiles) == needed and _are_probabilities(self.quantiles):
            return []
        found = f"{list(self.quantiles[:5])}... ({len(self.quantiles)})"
        return [f"quantiles must be {needed} probabilities, never falling, found {found}"]

    def _cut_off_faults(self) -> list[str]:
        bounded = (HIGHEST_SCORE + 1, *self.cut_offs, LOWEST_SCORE)
        if len(self.cut_offs) == len(GRADES) - 1 and list(bounded) == sorted(bounded, reverse=True):
            return []
        return [f"cut_offs must be {len(GRADES) - 1} scores, never rising, found {list(self.cut_offs)}"]


def _move_boundary(quantiles: list[float], above: float, last: int) -> int:
    """Let a score begin above a probability, by moving the boundary next to it; return its place.

    Parameters
    ----------
    quantiles : list of float
        Rising; changed in place.
    above : float
        The probability.
    last : int
        The place of a boundary that must stay, at or above the probability.
    """
    place = bisect_right(quantiles, above)
    if place and quantiles[place - 1] == above:
        return place - 1
    if last == 0:
        return last
    place = min(place, last - 1)
    quantiles[place] = above
    return place


def _are_probabilities(numbers: tuple[float, ...]) -> bool:
    """Tell whether numbers are within 0..1 and never fall."""
    return bool(np.all((np.asarray(numbers) >= 0) & (np.asarray(numbers) <= 1)) and np.all(np.diff(numbers) >= 0))


def _weighted_quantiles(values: FloatArray, weight: FloatArray, shares: FloatArray) -> tuple[float, ...]:
    """Return the least value that has at least each share of the weight at or below it."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    place = np.searchsorted(reached, np.clip(shares, 0.0, 1.0) * reached[-1], side="left")
    return tuple(float(value) for value in values[order][np.minimum(place, len(values) - 1)])
