"""What a column, or a group of columns, adds to all the others."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from features.wording import Wording
from training.audit.cases import Cases, Fold
from training.audit.evidence.evidence import Figure
from training.audit.ranking import news
from training.audit.worth import auc_of_model

MOST_OF_ALL: Final = 0.5
"""Share of all that is known: one column adds more than all others together."""
UNUSUAL: Final = 0.85
"""ROC AUC of a model that more than what is known before the outcome has probably gone into."""


@dataclass(frozen=True, slots=True)
class Gain:
    """A model with some columns against one without.

    Attributes
    ----------
    random_with, random_without : float
        ROC AUC on cases drawn by lot.
    forward_with, forward_without : float
        ROC AUC on the newest cases; NaN where they cannot be judged.
    """

    random_with: float
    random_without: float
    forward_with: float
    forward_without: float

    @property
    def news(self) -> float:
        """The share of what the model knows that only these columns tell, whichever way it is tried."""
        by_lot = news(self.random_with, self.random_without)
        if math.isnan(self.forward_with):
            return by_lot
        return min(by_lot, news(self.forward_with, self.forward_without))

    @property
    def is_unusual(self) -> bool:
        """Whether a model with them is better than honest ones usually are."""
        return self.random_with >= UNUSUAL

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        forward = not math.isnan(self.forward_with)
        en = f", forward in time from {self.forward_without:.2f} to {self.forward_with:.2f}" if forward else ""
        ja = f"、将来のリードで{self.forward_without:.2f}から{self.forward_with:.2f}に" if forward else ""
        return Wording(
            f"it lifts the AUC of all other columns together from {self.random_without:.2f} to {self.random_with:.2f} "
            f"on leads drawn by lot{en}",
            f"他のすべての項目によるAUCを、無作為抽出で{self.random_without:.2f}から{self.random_with:.2f}に{ja}押し上げる",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        return {
            "gain_auc_random": self.random_with - self.random_without,
            "gain_auc_forward": self.forward_with - self.forward_without,
            "share_of_knowledge": self.news,
        }


class Rest:
    """What the other columns know: fitted once a set of columns.

    Parameters
    ----------
    cases : Cases
    seed : int
        Decides what the trees see.
    """

    def __init__(self, cases: Cases, seed: int) -> None:
        self._cases = cases
        self._seed = seed
        self._known: dict[tuple[frozenset[int], bool], float] = {}

    def gain(self, added: Sequence[int], others: Sequence[int]) -> Gain:
        """Return what some features add to others."""
        without, both = frozenset(others) - frozenset(added), frozenset(others) | frozenset(added)
        return Gain(*(self._auc(some, is_forward=fold) for fold in (False, True) for some in (both, without)))

    def _auc(self, positions: frozenset[int], *, is_forward: bool) -> float:
        fold: Fold | None = self._cases.forward if is_forward else self._cases.random
        if fold is None:
            return math.nan
        key = positions, is_forward
        if key not in self._known:
            self._known[key] = auc_of_model(self._cases, sorted(positions), fold, self._seed)
        return self._known[key]
