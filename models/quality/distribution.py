"""The values of a feature, or of a prediction, as shares of a few bins: nothing of any single lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np

from features.arrays import FloatArray
from models.quality.drift import chance_bound, stability_index
from models.quality.turnover import Turnover

_QUANTILES: Final = 10
_SUM_TOLERANCE: Final = 1e-6
_MORE_BINS: Final = 2
"""One of missing values, and one more than there are edges between bins."""


@dataclass(frozen=True)
class Distribution:
    """Shares of bins.

    Attributes
    ----------
    edges : tuple of float
        Rising; a value at an edge belongs to the bin above it. A category is its code, so its edges lie between codes.
    shares : tuple of float
        Of missing values, then of each bin from the lowest on; they add up to one.
    usual_index : float
        How far single days were from all of them, at most: the population stability index that is nothing new.
    turnover : Turnover
        How far months were from each other.
    """

    edges: tuple[float, ...]
    shares: tuple[float, ...]
    usual_index: float = 0.0
    turnover: Turnover = field(default_factory=Turnover)

    def __post_init__(self) -> None:
        if len(self.shares) != len(self.edges) + _MORE_BINS or min(self.shares) < 0:
            raise ValueError(
                f"needs {len(self.edges) + _MORE_BINS} shares for {len(self.edges)} edges, found {self.shares}"
            )
        if abs(sum(self.shares) - 1.0) > _SUM_TOLERANCE or list(self.edges) != sorted(set(self.edges)):
            raise ValueError(f"edges must rise and shares add up to 1, found {self.edges} and {self.shares}")

    @classmethod
    def of(cls, days: Sequence[FloatArray], edges: FloatArray) -> "Distribution":
        """Count the values of some days, of which there must be some."""
        tallies = [_counts(values, edges) for values in days]
        every = np.sum(tallies, axis=0)
        usual = max(stability_index(every * (tally.sum() / every.sum()), tally) for tally in tallies)
        return cls(tuple(edges.tolist()), tuple((every / every.sum()).tolist()), usual)

    @property
    def missing(self) -> float:
        """The share of missing values."""
        return self.shares[0]

    @property
    def last(self) -> float:
        """The share of the last bin: for a category, of the values that are not told apart."""
        return self.shares[-1]

    def tally(self, values: FloatArray) -> FloatArray:
        """Count other values in the same bins: missing ones, then each bin."""
        return _counts(values, self._inner)

    def index(self, rows: int, tally: FloatArray) -> float:
        """Return the population stability index of a tally against this, seen on so many rows; NaN without either."""
        if not rows or not tally.sum():
            return np.nan
        return stability_index(np.asarray(self.shares) * rows, tally)

    def chance(self, rows: int, tally: FloatArray, likelihood: float) -> float:
        """Return the index that a tally of the same leads would exceed with a given likelihood."""
        used = int(((np.asarray(self.shares) + tally) > 0).sum())
        return chance_bound(used, rows, float(tally.sum()), likelihood)

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        content = {"edges": list(self.edges), "shares": list(self.shares), "usual_index": self.usual_index}
        return content | {"turnover": self.turnover.to_json()}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Distribution":
        """Restore what ``to_json`` returned; raises ValueError or KeyError where it is no such thing."""
        edges, shares = (tuple(map(float, content[name])) for name in ("edges", "shares"))
        # Models were trained before their turnover was kept.
        turnover = Turnover.from_json(content["turnover"]) if "turnover" in content else Turnover()
        return cls(edges, shares, float(content["usual_index"]), turnover)

    @cached_property
    def _inner(self) -> FloatArray:
        return np.array(self.edges, dtype=np.float64)


def number_edges(values: FloatArray) -> FloatArray:
    """Return edges for numbers: few different ones each in a bin of its own, many in tenths."""
    known = values[~np.isnan(values)]
    distinct = np.unique(known)
    if len(distinct) <= _QUANTILES:
        return np.asarray((distinct[1:] + distinct[:-1]) / 2, dtype=np.float64)
    edges = np.quantile(known, np.arange(1, _QUANTILES) / _QUANTILES, method="inverted_cdf")
    return np.asarray(np.unique(edges), dtype=np.float64)


def category_edges(categories: int) -> FloatArray:
    """Return edges that keep each of so many categories apart, and all others in the last bin."""
    return np.arange(0.5, categories, dtype=np.float64)


def _counts(values: FloatArray, edges: FloatArray) -> FloatArray:
    places = np.where(np.isnan(values), 0, edges.searchsorted(values, side="right") + 1)
    return np.bincount(places, minlength=len(edges) + _MORE_BINS).astype(np.float64)
