"""What every member of the conversion model can do: give log-odds, and say which feature gave how much of them."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from features.arrays import FloatArray, IntArray
from models.member_pass import MemberPass
from models.sums import add_rows


class Contributions(NamedTuple):
    """Log-odds taken apart: ``base + values.sum(axis=1)`` are the log-odds of each snapshot.

    Attributes
    ----------
    values : numpy.ndarray
        float64, shape (snapshots, features), in log-odds: what each feature adds for this snapshot.
    base : float
        The log-odds before anything is known of a lead.
    """

    values: FloatArray
    base: float

    @property
    def log_odds(self) -> FloatArray:
        """The sum of all parts, one number a snapshot."""
        summed = np.empty(len(self.values))
        add_rows(self.values, _columns(self.values.shape[1]), self.base, summed)
        return summed


class Explained(NamedTuple):
    """Log-odds, and the parts that they come from.

    Attributes
    ----------
    log_odds : numpy.ndarray
        float64, to the last bit what ``log_odds`` alone returns.
    contributions : Contributions
        Add up to it but for rounding.
    """

    log_odds: FloatArray
    contributions: Contributions


class Member(Protocol):
    """One fitted model among those the conversion model averages."""

    @property
    def feature_count(self) -> int:
        """How many columns the member was fitted to."""

    @property
    def any_row(self) -> MemberPass | None:
        """What explains any row in compiled code; None where rows must be known before."""

    def log_odds(self, values: FloatArray) -> FloatArray:
        """Return the log-odds of each row of ``values`` (snapshots, features)."""

    def contributions(self, values: FloatArray) -> Contributions:
        """Return what each feature adds to the log-odds of each row."""

    def explained(self, values: FloatArray) -> Explained:
        """Return both at once, where one follows from the other without being worked out twice."""

    def row_pass(self, values: FloatArray) -> MemberPass:
        """Return what explains these rows in compiled code, to the last bit as ``explained`` does."""

    def save(self, path: Path) -> None:
        """Write the member to one text file, the same bytes for the same member."""


@lru_cache(maxsize=64)
def _columns(count: int) -> IntArray:
    return np.arange(count, dtype=np.int64)
