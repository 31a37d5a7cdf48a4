"""Lists of values that a column of the sample is drawn from."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from features.sample.chance import happens

MISSING = -1
"""The code of a value that the CRM does not have."""


@dataclass(frozen=True)
class Vocabulary:
    """Values with how often each is drawn and what it adds to the fit of a lead.

    Attributes
    ----------
    values : tuple of str
        The texts as the CRM holds them.
    shares : tuple of float
        Relative frequency of each value.
    effects : tuple of float
        What each value adds, in log-odds.
    """

    values: tuple[str, ...]
    shares: tuple[float, ...]
    effects: tuple[float, ...]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, float, float]]) -> "Vocabulary":
        """Build a vocabulary from rows of value, share and effect."""
        values, shares, effects = zip(*rows, strict=True)
        return cls(values, shares, effects)

    def draw(self, rng: np.random.Generator, size: int) -> IntArray:
        """Draw codes of values."""
        shares = np.array(self.shares)
        return rng.choice(len(shares), size=size, p=shares / shares.sum())

    def effect(self, codes: IntArray) -> FloatArray:
        """Return what the values with these codes add, in log-odds."""
        return np.array(self.effects)[codes]

    def texts(self, codes: IntArray) -> pd.Series:
        """Return the values with these codes, missing where the code is ``MISSING``."""
        return texts(self.values, codes)


def texts(values: Iterable[str], codes: IntArray) -> pd.Series:
    """Return the texts that the codes stand for, missing where a code is ``MISSING``."""
    return pd.Series(pd.array(list(values), dtype="str").take(codes, allow_fill=True))


def with_gaps(rng: np.random.Generator, codes: IntArray, share: float) -> IntArray:
    """Lose a share of the codes."""
    return np.where(happens(rng, len(codes), share), MISSING, codes)


def with_nan(rng: np.random.Generator, numbers: FloatArray, share: float) -> FloatArray:
    """Lose a share of the numbers."""
    return np.where(happens(rng, len(numbers), share), np.nan, numbers)
