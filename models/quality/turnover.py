"""What changes by itself between a training and the use of its model: campaigns come and go, leads grow old."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

STEP_DAYS: Final = 28
"""Whole weeks, so that days of the week are compared with their like."""


@dataclass(frozen=True)
class Turnover:
    """By how much leads of the training differed from those of earlier steps of ``STEP_DAYS``; nothing where unknown.

    Attributes
    ----------
    index : tuple of float
        The population stability index after one step, after two, and so on, beyond chance.
    unseen : tuple of float
        Of a category: the share of leads whose value a model trained so many steps earlier would not have told apart;
        the first is that of no step.
    """

    index: tuple[float, ...] = ()
    unseen: tuple[float, ...] = ()

    def index_after(self, days: float) -> float:
        """Return the index that is nothing new after so many days; that of the last step where it is longer ago."""
        return _after(days, (0.0, *self.index))

    def unseen_after(self, days: float) -> float:
        """Return the share of unseen values that is nothing new after so many days."""
        return _after(days, self.unseen or (0.0,))

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {"index": list(self.index), "unseen": list(self.unseen)}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Turnover":
        """Restore what ``to_json`` returned; raises ValueError or KeyError where it is no such thing."""
        return cls(*(tuple(map(float, content[name])) for name in ("index", "unseen")))


def _after(days: float, steps: tuple[float, ...]) -> float:
    return float(np.interp(days, STEP_DAYS * np.arange(len(steps)), steps))
