"""The questions of all trees, turned into comparisons of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray
from models.tree_shap.compared import Compared
from models.tree_shap.tree import MISSING_NONE, MISSING_ZERO, Split

_ZERO: Final = float(np.float32(1e-35))
"""What is as near to zero as this is zero to LightGBM."""

_MEMBER_AT_MOST: Final = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """A comparison whose answer is yes where number ``column`` of ``Compared`` is at most the threshold.

    Attributes
    ----------
    column : int
        Which number is compared.
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

    Attributes
    ----------
    compared : Compared
        The numbers of a row that questions are compared with.
    """

    def __init__(self, splits: Sequence[Split], features: int) -> None:
        self._features = features
        self._blanks_zeros = any(split.categories is None and split.missing == MISSING_ZERO for split in splits)
        self._sets = _numbered_sets(splits)
        self.compared = Compared(
            features,
            np.array([feature for feature, _ in self._sets], dtype=np.int64),
            _others(list(self._sets)),
            blanks_zeros=self._blanks_zeros,
        )

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
