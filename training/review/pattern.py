"""A pattern: a feature in parts, perhaps beside another, with what the model adds and what happened."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from models.quality.interval import Interval

SURE: Final = 3.5
"""Standard errors; dozens of places are looked at, so two would be found by chance."""


class Cell(NamedTuple):
    """Snapshots of one part of a feature, within one group of another.

    Attributes
    ----------
    part, group : str
        In words; ``group`` is empty where there is only one.
    contribution : float
        What the feature adds on average, in log-odds.
    share_won : Interval
        What happened.
    companies : int
        How many different ones there are.
    """

    part: str
    group: str
    contribution: float
    share_won: Interval
    companies: int

    @property
    def logit(self) -> float:
        """The share won in log-odds, kept off its ends by half a company."""
        share = min(max(self.share_won.value, 0.5 / self.companies), 1 - 0.5 / self.companies)
        return float(np.log(share / (1 - share)))

    @property
    def error(self) -> float:
        """The standard error of ``logit``."""
        share = min(max(self.share_won.value, 0.5 / self.companies), 1 - 0.5 / self.companies)
        return float(1 / np.sqrt(self.companies * share * (1 - share)))


@dataclass(frozen=True)
class Pattern:
    """A feature, perhaps beside another, in parts.

    Attributes
    ----------
    feature : str
        Whose contribution is looked at.
    other : str or None
        What the snapshots are grouped by.
    cells : tuple of Cell
        Part after part, in each the groups in their order.
    effect : float
        How far the model's contributions bend back, or differ between the groups, in log-odds.
    sure : float
        The same in what happened, in standard errors; positive where it points the same way.
    """

    feature: str
    other: str | None
    cells: tuple[Cell, ...]
    effect: float
    sure: float

    @property
    def is_confirmed(self) -> bool:
        """Whether what happened shows it as well."""
        return self.sure >= SURE

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups."""
        return tuple(dict.fromkeys(cell.group for cell in self.cells))

    def of_group(self, group: str) -> list[Cell]:
        """Return the cells of a group."""
        return [cell for cell in self.cells if cell.group == group]
