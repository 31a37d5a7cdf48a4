"""From points to a score 1..99 and a grade."""

import math
from dataclasses import dataclass

from models.score_map import GRADES, HIGHEST_SCORE, LOWEST_SCORE, Grade


@dataclass(frozen=True, slots=True)
class Rating:
    """What points come to.

    Attributes
    ----------
    points : float
        As they add up, old activity counting less.
    score : int
        1 to 99.
    grade : {"A", "B", "C", "D"}
        Follows from the score.
    """

    points: float
    score: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class Scale:
    """The declared map from points to a score: a straight line between two ends, so more points never score less.

    Attributes
    ----------
    lowest, highest : float
        Points at and below which the score is 1, and at and above which it is 99.
    cut_offs : tuple of int
        The least scores that earn an A, a B, a C, falling.
    """

    lowest: float
    highest: float
    cut_offs: tuple[int, ...]

    def rate(self, points: float) -> Rating:
        """Return the score and the grade of points."""
        share = min(max((points - self.lowest) / (self.highest - self.lowest), 0.0), 1.0)
        score = LOWEST_SCORE + math.floor(share * (HIGHEST_SCORE - LOWEST_SCORE) + 0.5)
        return Rating(points, score, GRADES[sum(score < cut_off for cut_off in self.cut_offs)])
