"""Whether a column is filled in for one outcome and blank for the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from features.arrays import BoolArray
from features.wording import Wording
from training.audit.evidence.evidence import Figure

MIN_FILLED: Final = 20
"""Fewer filled rows cannot show a link."""
TELLING_GAP: Final = 0.6
"""Between the shares filled of won and of lost leads; honest columns stay far below."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The shares of leads for which a column holds a value.

    Attributes
    ----------
    of_won, of_lost : float
        Among the cases.
    rows : int
        Cases for which it holds one.
    """

    of_won: float
    of_lost: float
    rows: int

    @property
    def gap(self) -> float:
        """How far apart the shares are."""
        return abs(self.of_won - self.of_lost)

    @property
    def tells(self) -> bool:
        """Whether being filled alone gives the outcome away."""
        return self.rows >= MIN_FILLED and self.gap >= TELLING_GAP

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        won, lost = f"{self.of_won:.1%}", f"{self.of_lost:.1%}"
        return Wording(
            f"it holds a value for {won} of won leads and {lost} of lost ones",
            f"成約リードの{won}、失注リードの{lost}に値がある",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        return {"filled_of_won": self.of_won, "filled_of_lost": self.of_lost}


def filled(has_value: BoolArray, is_won: BoolArray) -> Filled:
    """Compare how often a column is filled for won and for lost leads."""
    return Filled(float(has_value[is_won].mean()), float(has_value[~is_won].mean()), int(has_value.sum()))
