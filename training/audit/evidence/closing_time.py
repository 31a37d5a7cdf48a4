"""Whether a column tells when the lead would be closed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from features.instant import MS_PER_DAY, to_ms
from features.wording import Wording
from training.audit.binned import BinnedFeature
from training.audit.cases import Cases, Fold
from training.audit.evidence.evidence import Figure

TELLS: Final = 0.6
"""Share of the variance of the rank; what is known at creation explains at most some 0.4."""
TELLS_WITH_KIN: Final = 0.3
_MIN_DISTINCT_SHARE: Final = 0.05
_PRIOR_ROWS: Final = 5.0


@dataclass(frozen=True, slots=True)
class ClosingTime:
    """How much of the time to closing is told.

    Attributes
    ----------
    explained : float
        R squared on cases drawn by lot, of the rank of the days from creation to decision.
    kin : str
        A column that tells it for sure and goes closely with this one; empty where there is none.
    """

    explained: float
    kin: str = ""

    @property
    def tells(self) -> bool:
        """Whether it can hardly have been known before the lead was closed."""
        return self.explained >= (TELLS_WITH_KIN if self.kin else TELLS)

    def beside(self, kin: str) -> "ClosingTime":
        """Return the finding on a column that goes closely with one that tells for sure."""
        return replace(self, kin=kin)

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        en = f", and goes closely with {self.kin}" if self.kin else ""
        ja = f"。{self.kin}とも密接に関連" if self.kin else ""
        return Wording(
            f"it tells how long the lead took to be closed (R² {self.explained:.2f}), which nobody knows before{en}",
            f"クローズまでの日数を言い当てている（R² {self.explained:.2f}）。事前には分からない情報{ja}",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as a number."""
        return {"closing_time_r2": self.explained}


def closing_ranks(cases: Cases, outcomes: pd.DataFrame) -> FloatArray | None:
    """Return the rank of each case's days from creation to decision, 0 to 1; None where they hardly differ."""
    taken = (to_ms(outcomes["decided_at"]) - to_ms(outcomes["created_at"]))[cases.data.lead]
    distinct, rank, rows = np.unique(taken // (MS_PER_DAY // 24), return_inverse=True, return_counts=True)
    if len(distinct) < _MIN_DISTINCT_SHARE * len(taken) and rows.max() > len(taken) / 2:
        return None
    middle = rows.cumsum() - rows / 2
    place: FloatArray = middle[rank] / len(taken)
    return place


def closing_time(features: tuple[BinnedFeature, ...], ranks: FloatArray, fold: Fold) -> ClosingTime:
    """Return how much of the time to closing the best of some features tells."""
    return ClosingTime(max(explained(_means(one, ranks, fold), ranks[fold.test]) for one in features))


def explained(predicted: FloatArray, actual: FloatArray) -> float:
    """Return the share of the variance that is explained, not below zero."""
    total = float(((actual - actual.mean()) ** 2).sum())
    return max(0.0, 1.0 - float(((actual - predicted) ** 2).sum()) / total) if total > 0 else 0.0


def _means(feature: BinnedFeature, ranks: FloatArray, fold: Fold) -> FloatArray:
    codes: IntArray = feature.codes[fold.train]
    rows = np.bincount(codes, minlength=feature.bins.count)
    total = np.bincount(codes, weights=ranks[fold.train], minlength=feature.bins.count)
    means: FloatArray = (total + _PRIOR_ROWS * ranks[fold.train].mean()) / (rows + _PRIOR_ROWS)
    return means[feature.codes[fold.test]]
