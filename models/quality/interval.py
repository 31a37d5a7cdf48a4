"""A value, and between what bounds it is known."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray

_Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval; all NaN where the value is not defined."""

    value: float
    low: float
    high: float

    def above(self, bound: float) -> bool:
        """Whether the whole interval lies above a bound; never where it is not defined."""
        return self.low > bound

    def below(self, bound: float) -> bool:
        """Whether the whole interval lies below a bound; never where it is not defined."""
        return self.high < bound


def wilson(share: float, size: float) -> Interval:
    """Return the 95 % interval of a share seen in a sample of the given effective size (Wilson 1927)."""
    centre = (share + _Z**2 / (2 * size)) / (1 + _Z**2 / size)
    half = _Z / (1 + _Z**2 / size) * np.sqrt(share * (1 - share) / size + _Z**2 / (4 * size**2))
    return Interval(share, max(0.0, min(share, float(centre - half))), min(1.0, max(share, float(centre + half))))


def win_rates(wins: IntArray, leads: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the share won of each count of leads with the ends of its 95 % interval; NaN where there are no leads."""
    unknown = Interval(np.nan, np.nan, np.nan)
    pairs = zip(wins.tolist(), leads.tolist(), strict=True)
    found = [wilson(won / of, of) if of else unknown for won, of in pairs]
    values = np.array([(one.value, one.low, one.high) for one in found], dtype=np.float64).reshape(-1, 3)
    return values[:, 0], values[:, 1], values[:, 2]


def effective_size(group: IntArray, weight: FloatArray) -> float:
    """Return how many groups of equal weight would tell as much (Kish 1965)."""
    of_group = np.bincount(np.unique(group, return_inverse=True)[1], weights=weight)
    return float(of_group.sum() ** 2 / (of_group @ of_group))
