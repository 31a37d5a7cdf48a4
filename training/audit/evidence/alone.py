"""How well a column by itself tells wins from losses."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from features.wording import Wording
from training.audit.binned import BinnedFeature
from training.audit.cases import Cases
from training.audit.evidence.evidence import Figure


@dataclass(frozen=True, slots=True)
class Alone:
    """The ranking by one feature.

    Attributes
    ----------
    auc_random, auc_forward : float
        ROC AUC on cases drawn by lot, and on the newest; the latter is NaN where these cannot be judged.
    """

    auc_random: float
    auc_forward: float

    @property
    def sure(self) -> float:
        """The lower of the two: what holds whichever way it is tried."""
        return self.auc_random if math.isnan(self.auc_forward) else min(self.auc_random, self.auc_forward)

    @property
    def usual(self) -> float:
        """The mean of the two, less at the mercy of chance than either."""
        return self.auc_random if math.isnan(self.auc_forward) else (self.auc_random + self.auc_forward) / 2

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        if math.isnan(self.auc_forward):
            return Wording(
                f"by itself it ranks with an AUC of {self.auc_random:.2f}",
                f"この項目だけでの順位付けのAUCは{self.auc_random:.2f}",
            )
        return Wording(
            f"by itself it ranks with an AUC of {self.auc_forward:.2f} forward in time and {self.auc_random:.2f} on "
            "leads drawn by lot",
            f"この項目だけでの順位付けのAUCは、将来のリードで{self.auc_forward:.2f}、"
            f"無作為に抽出したリードで{self.auc_random:.2f}",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        return {"auc_random": self.auc_random, "auc_forward": self.auc_forward}


def alone(features: tuple[BinnedFeature, ...], cases: Cases) -> Alone:
    """Return the ranking by the best of a subject's features."""
    tried = (
        Alone(one.auc(cases, cases.random), one.auc(cases, cases.forward) if cases.forward else math.nan)
        for one in features
    )
    return max(tried, key=lambda one: one.auc_random)
