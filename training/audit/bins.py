"""The values of one feature in a few bins, so that everything about it is counting."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.spec import FittedFeature
from features.wording import Language, Wording

MISSING: Final = 0
"""The bin of missing values; the others follow in the order of the values."""
_MOST_VALUES: Final = 30
_QUANTILES: Final = 20
_BLANK: Final = Wording("blank", "空欄")
_OTHER: Final = Wording("other", "その他")


@dataclass(frozen=True)
class Bins:
    """Where the bins of a feature end.

    Attributes
    ----------
    edges : numpy.ndarray
        float64, ascending: a value at an edge belongs to the bin above it. A category is its code, so its edges lie
        between the codes.
    feature : FittedFeature
        What is binned.
    """

    edges: FloatArray
    feature: FittedFeature

    @property
    def count(self) -> int:
        """How many bins there are, the one of missing values included."""
        return len(self.edges) + 2

    def of(self, values: FloatArray) -> IntArray:
        """Return the bin of each value."""
        inside = self.edges.searchsorted(values, side="right") + 1
        return np.where(np.isnan(values), MISSING, inside).astype(np.int64)

    def name(self, number: int, language: Language) -> str:
        """Return what the values of a bin have in common."""
        if number == MISSING:
            return _BLANK.in_language(language)
        if self.feature.categories is not None:
            return self.feature.category(number - 1) or _OTHER.in_language(language)
        if len(self.edges) == 0:
            return "–"
        if number == 1:
            return f"< {self.edges[0]:.6g}"
        if number == self.count - 1:
            return f"≥ {self.edges[-1]:.6g}"
        return f"{self.edges[number - 2]:.6g} – {self.edges[number - 1]:.6g}"


def bins_of(values: FloatArray, feature: FittedFeature) -> Bins:
    """Put the values of a feature in bins: categories as they are, few numbers each alone, many by quantiles."""
    if feature.categories is not None:
        return Bins(np.arange(0.5, len(feature.categories), dtype=np.float64), feature)
    known = values[~np.isnan(values)]
    distinct = np.unique(known)
    if len(distinct) <= _MOST_VALUES:
        return Bins(np.asarray((distinct[1:] + distinct[:-1]) / 2, dtype=np.float64), feature)
    edges = np.unique(np.quantile(known, np.arange(1, _QUANTILES) / _QUANTILES))
    return Bins(edges.astype(np.float64), feature)
