"""The questions of all trees, turned into one comparison of two arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray
from models.tree_shap.tree import MISSING_NONE, MISSING_ZERO, Split

_ZERO: Final = float(np.float32(1e-35))
"""What is as near to zero as this is zero to LightGBM."""

_MEMBER_AT_MOST: Final = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """A comparison whose answer is yes where ``columns[column] <= threshold``.

    Attributes
    ----------
    column : int
        Among those of ``Questions.columns``.
    threshold : float
    yes_is_left : bool
        Which way yes leads.
    """

    column: int
    threshold: float
    yes_is_left: bool


class Questions:
    """What has to be compared to answer splits as LightGBM does, missing values and categories included.

    A comparison with a missing value is never true. So where a missing value goes right, left means ``x <= t``; where
    it goes left, right means ``x > t``, which is ``-x <= t'`` with the next number below ``-t``. A set of categories
    becomes a column of its own, 0 for its members and 1 for others.

    Parameters
    ----------
    splits : sequence of Split
        Of every tree.
    features : int
        How many columns a row has.
    """

    def __init__(self, splits: Sequence[Split], features: int) -> None:
        self._features = features
        self._blanks_zeros = any(split.categories is None and split.missing == MISSING_ZERO for split in splits)
        self._sets = _numbered_sets(splits)
        others = _others(list(self._sets))
        self._last_code = others.shape[1] - 2
        self._others = others.ravel()
        self._row_of_set = np.arange(len(others)) * others.shape[1] + 1
        asked = sorted({feature for feature, _ in self._sets})
        self._categorical = np.array(asked, dtype=np.int64)
        self._place_of_set = np.array([asked.index(feature) for feature, _ in self._sets], dtype=np.int64)

    def of(self, split: Split) -> Question:
        """Return the question of a split."""
        if split.categories is not None:
            number = self._sets[split.feature, split.categories]
            return Question(
                self._features * (4 if self._blanks_zeros else 2) + number, _MEMBER_AT_MOST, yes_is_left=True
            )
        threshold = _past_zero(split.threshold)
        missing_goes_left = threshold >= 0 if split.missing == MISSING_NONE else split.default_left
        column = split.feature + (2 * self._features if split.missing == MISSING_ZERO else 0)
        if not missing_goes_left:
            return Question(column, threshold, yes_is_left=True)
        return Question(column + self._features, float(np.nextafter(-threshold, -np.inf)), yes_is_left=False)

    def columns(self, values: FloatArray) -> FloatArray:
        """Return what is compared: the values, negated values, the same without zeros if need be, the sets."""
        parts = [values, -values]
        if self._blanks_zeros:
            without = np.where(np.abs(values) <= _ZERO, np.nan, values)
            parts += [without, -without]
        if self._sets:
            parts.append(self._is_other(values))
        return np.concatenate(parts, axis=1)

    def _is_other(self, values: FloatArray) -> FloatArray:
        """Tell of each set whether a row's category is another: 1 or 0. Missing and negative codes are in no set."""
        codes = values.take(self._categorical, axis=1)
        np.fmax(codes, -1.0, out=codes)
        np.fmin(codes, self._last_code, out=codes)
        places = codes.astype(np.int64).take(self._place_of_set, axis=1)
        places += self._row_of_set
        return self._others.take(places)


def _numbered_sets(splits: Sequence[Split]) -> dict[tuple[int, frozenset[int]], int]:
    found = ((split.feature, split.categories) for split in splits if split.categories is not None)
    return {pair: number for number, pair in enumerate(dict.fromkeys(found))}


def _others(sets: Sequence[tuple[int, frozenset[int]]]) -> FloatArray:
    """Return a row for each set: 1 for no code, then 0 or 1 for each code, 0 for members, then 1 for any beyond."""
    most = max((max(codes, default=-1) for _, codes in sets), default=-1)
    others = np.ones((len(sets), most + 3))
    for row, (_, codes) in zip(others, sets, strict=True):
        row[[code + 1 for code in codes]] = 0.0
    return others


def _past_zero(threshold: float) -> float:
    """Move a threshold out of what is zero, to where it divides the same: zero goes left of 0 and above."""
    if not -_ZERO <= threshold < _ZERO:
        return threshold
    return _ZERO if threshold >= 0 else float(np.nextafter(-_ZERO, -np.inf))
