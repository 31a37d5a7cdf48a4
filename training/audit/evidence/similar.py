"""Columns that say nearly the same as another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.wording import Wording
from training.audit.binned import BinnedFeature
from training.audit.evidence.evidence import Figure

NEARLY_THE_SAME: Final = 0.97
_COARSE: Final = 10


@dataclass(frozen=True, slots=True)
class Similar:
    """The column that one is nearly the same as, and how nearly, 0 to 1."""

    other: str
    strength: float

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        return Wording(
            f"says nearly the same as {self.other} (association {self.strength:.2f})",
            f"{self.other}とほぼ同じ内容（関連度{self.strength:.2f}）",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as text and number."""
        return {"similar_to": self.other, "similarity": self.strength}


def associations(features: Sequence[BinnedFeature], rows: IntArray) -> FloatArray:
    """Return how strongly features go together, 0 to 1: Cramér's V of their bins, blanks being a bin.

    Corrected for chance (Bergsma 2013, doi 10.1016/j.jkss.2012.10.002); two numbers that rise together count by the
    size of their rank correlation where that is larger.

    Parameters
    ----------
    features : sequence of BinnedFeature
        Of the cases.
    rows : numpy.ndarray
        int64, the cases to look at.
    """
    features = [BinnedFeature(one.bins, one.values[rows], one.codes[rows]) for one in features]
    coarse = [_coarse(one) for one in features]
    strength = np.eye(len(features))
    for first in range(len(features)):
        for second in range(first):
            strength[first, second] = strength[second, first] = _cramers_v(coarse[first], coarse[second])
    return np.maximum(strength, _rank_correlations(features))


def says_the_same(first: BinnedFeature, second: BinnedFeature) -> bool:
    """Tell whether each of two features nearly always follows from the other, bin by bin."""
    pairs = first.codes * second.bins.count + second.codes
    table = np.bincount(pairs, minlength=first.bins.count * second.bins.count).reshape(first.bins.count, -1)
    followed = min(table.max(axis=0).sum(), table.max(axis=1).sum())
    return bool(followed >= NEARLY_THE_SAME * len(pairs))


def _coarse(feature: BinnedFeature) -> IntArray:
    """Merge the bins into at most ten, neighbours together; blanks stay apart."""
    rows = np.bincount(feature.codes, minlength=feature.bins.count)
    known = rows[1:]
    place = (known.cumsum() - known / 2) / max(known.sum(), 1)
    merged = np.append(0, 1 + np.minimum((place * _COARSE).astype(np.int64), _COARSE - 1))
    return np.unique(merged[feature.codes], return_inverse=True)[1].astype(np.int64)


def _cramers_v(first: IntArray, second: IntArray) -> float:
    rows, columns = int(first.max()) + 1, int(second.max()) + 1
    total = len(first)
    if min(rows, columns) <= 1:
        return 0.0
    table = np.bincount(first * columns + second, minlength=rows * columns).reshape(rows, columns)
    expected: FloatArray = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    phi = float(((table - expected) ** 2 / expected).sum()) / total
    by_chance = (rows - 1) * (columns - 1) / (total - 1)
    fewer = min(rows - (rows - 1) ** 2 / (total - 1), columns - (columns - 1) ** 2 / (total - 1)) - 1
    return float(min(1.0, (max(0.0, phi - by_chance) / fewer) ** 0.5))


def _rank_correlations(features: Sequence[BinnedFeature]) -> FloatArray:
    """Return the size of the rank correlations of numbers without blanks, by their bins; 0 for all others."""
    ranks = np.array([_ranks(one) for one in features]).reshape(len(features), -1)
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=1))
    products = centred @ centred.T
    size: FloatArray = np.abs(
        np.divide(products, np.outer(length, length), out=np.zeros_like(products), where=products != 0)
    )
    return size


def _ranks(feature: BinnedFeature) -> FloatArray:
    is_number = feature.bins.feature.categories is None and not np.isnan(feature.values).any()
    if not is_number:
        return np.zeros(len(feature.values))
    ranks: FloatArray = np.unique(feature.values, return_inverse=True)[1].astype(np.float64)
    rows = np.bincount(ranks.astype(np.int64))
    place: FloatArray = (rows.cumsum() - rows / 2)[ranks.astype(np.int64)]
    return place
