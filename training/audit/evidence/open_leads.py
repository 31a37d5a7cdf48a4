"""Whether a column looks on open leads as it looked on those that are decided by now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray
from features.wording import Wording
from training.audit.evidence.evidence import Figure

_SURE: Final = 5.0
"""Standard errors."""
_REACHES: Final = 0.6
_FAR: Final = 0.25


@dataclass(frozen=True, slots=True)
class OpenLeads:
    """What a column promises of the leads that are open now.

    Attributes
    ----------
    promised, usual : float
        Share that would end in one way (be won, or be lost) by what the column says of the leads open now, and the
        share of those open a horizon ago that did, which an honest column promises again.
    undecided : float
        What it promises of those open a horizon ago that are still open.
    error : float
        Standard error of ``promised``.
    is_won : bool
        Which ending.
    """

    promised: float
    usual: float
    undecided: float
    error: float
    is_won: bool

    @property
    def is_telling(self) -> bool:
        """Whether the column tells decided leads from undecided ones well enough to judge by."""
        return abs(self.usual - self.undecided) >= _SURE * self.error

    @property
    def reach(self) -> float:
        """How far open leads have gone from where they should be to where leaks leave undecided ones: 0 to 1."""
        gap = self.usual - self.undecided
        return (self.usual - self.promised) / gap if gap else 0.0

    @property
    def leans(self) -> bool:
        """Whether open leads surely lack some of what decided ones of their age had."""
        is_sure = abs(self.usual - self.promised) >= _SURE * self.error
        return self.is_telling and is_sure and self.reach >= _REACHES

    @property
    def tells(self) -> bool:
        """Whether it is filled in with the outcome: open leads lack much of what decided ones of their age had."""
        return self.leans and abs(self.usual - self.promised) >= _FAR * self.usual

    @property
    def clears(self) -> bool:
        """Whether it is shown to be honest: open leads have what decided ones of their age had."""
        return self.is_telling and abs(self.reach) <= 1 - _REACHES

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        ending = Wording("won", "成約") if self.is_won else Wording("lost", "失注")
        en = f"of the leads open a horizon ago {self.usual:.1%} were {ending.en} since"
        ja = f"予測期間前に進行中だったリードはその後{self.usual:.1%}が{ending.ja}"
        if not self.leans:
            return Wording(
                f"open leads look as decided ones of their age did: {en}, and it promises {self.promised:.1%} of those "
                "open now",
                f"進行中のリードも、同じ経過日数の決定済みリードと同じ分布：{ja}、現在進行中のリードについても"
                f"{self.promised:.1%}と予測",
            )
        return Wording(
            f"open leads lack what decided ones of their age have: {en}, but by its values only {self.promised:.1%} of "
            "those open now would be",
            f"進行中のリードには、同じ経過日数の決定済みリードにある値がない：{ja}したが、"
            f"現在進行中のリードはこの項目の値からは{self.promised:.1%}にしかならない",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        return {"promised_of_open": self.promised, "usual_of_open": self.usual, "open_reach": self.reach}


def open_leads(then: FloatArray, now: FloatArray, weight: FloatArray, ended: BoolArray, *, is_won: bool) -> OpenLeads:
    """Compare what a score promises of the open leads of now and of a horizon ago.

    Parameters
    ----------
    then, now : numpy.ndarray
        float64, the chance of the ending by what the column says, of each lead of either look.
    weight : numpy.ndarray
        float64, of the leads of now.
    ended : numpy.ndarray
        bool, which leads of then ended so.
    is_won : bool
        Which ending.
    """
    promised = float(np.average(now, weights=weight))
    spread = float(np.average((now - promised) ** 2, weights=weight))
    number = weight.sum() ** 2 / (weight**2).sum()
    error = (spread / number + float(then.var()) / len(then)) ** 0.5
    undecided = float(then[~ended].mean())
    return OpenLeads(promised, float(then.mean()), undecided, error, is_won)
