"""A column of numbers on whose one end nothing was ever won."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray
from features.wording import Wording
from training.audit.evidence.evidence import Figure
from training.audit.ranking import roc_auc

_RARE: Final = 0.004
_BEYOND: Final = (5, 10)
"""Wins that may lie beyond: a share of them, between these numbers. One mistake must not hide the rule, nor a few
wins that are missing by chance make one."""
LEAST_SHARE: Final = 0.05
_SURE: Final = 3.2
"""Standard errors, to which the place of the outermost wins is known."""
_MIN_WINS: Final = 200


@dataclass(frozen=True, slots=True)
class NoWinBeyond:
    """Where wins end and losses go on.

    Attributes
    ----------
    value : float
        Beyond it lie next to no wins.
    losses : float
        Share of the losses that lie beyond.
    expected : float
        The share that would, were both normal and ranked as well as they are.
    wins : int
        The wins that lie there.
    is_below : bool
        Whether beyond means below it.
    """

    value: float
    losses: float
    expected: float
    wins: int
    is_below: bool

    @property
    def tells(self) -> bool:
        """Whether the edge is sharper than a likelihood would draw it."""
        return self.losses >= max(LEAST_SHARE, self.expected * (1 + _SURE / math.sqrt(self.wins)))

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        side, seite = ("below", "未満") if self.is_below else ("above", "超")
        return Wording(
            f"{side} {self.value:.4g} next to nothing was won, though {self.losses:.0%} of the lost leads lie there "
            f"(expected of a likelihood: {self.expected:.0%})",
            f"{self.value:.4g}{seite}では成約がほぼないが、失注リードの{self.losses:.0%}がここにある"
            f"（確率的な関係なら{self.expected:.0%}程度）",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        return {"no_win_beyond": self.value, "losses_beyond": self.losses, "losses_beyond_expected": self.expected}


def no_win_beyond(values: FloatArray, is_won: BoolArray, auc: float) -> NoWinBeyond | None:
    """Look at both ends of a column for the one where wins end first; None where there are too few wins.

    Parameters
    ----------
    values : numpy.ndarray
        float64, NaN where missing.
    is_won : numpy.ndarray
        bool.
    auc : float
        How well the values rank, 0.5 or more.
    """
    known = ~np.isnan(values)
    won, lost = values[known & is_won], values[known & ~is_won]
    if len(won) < _MIN_WINS or not len(lost):
        return None
    wins = min(max(int(_RARE * len(won)), _BEYOND[0]), _BEYOND[1])
    ordered = np.sort(won)
    low, high = float(ordered[wins]), float(ordered[-1 - wins])
    expected = _expected(wins / len(won), max(auc, _monotone_auc(values[known], is_won[known])))
    below, above = float((lost < low).mean()), float((lost > high).mean())
    if below >= above:
        return NoWinBeyond(low, below, expected, wins, is_below=True)
    return NoWinBeyond(high, above, expected, wins, is_below=False)


def _monotone_auc(values: FloatArray, is_won: BoolArray) -> float:
    auc = roc_auc(values, is_won)
    return max(auc, 1 - auc)


def _expected(share: float, auc: float) -> float:
    """Return the share of losses beyond the point that so few wins lie beyond, for normal scores of equal spread."""
    normal = NormalDist()
    return normal.cdf(normal.inv_cdf(share) + 2**0.5 * normal.inv_cdf(min(max(auc, 0.5), 0.999)))
