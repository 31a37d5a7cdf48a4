"""Values that occur with one outcome only."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import BoolArray
from features.wording import LANGUAGES, Wording
from training.audit.binned import BinnedFeature
from training.audit.evidence.evidence import Figure

_PURE: Final = 0.6
"""How much of the way from the share of all to certainty a value must surely go with which every lead was won."""
_LEAST_PURE: Final = 0.65
_NEARLY_PURE: Final = 0.97
"""The share that must surely be won where some were not: renewals, say, are honest and nearly always won."""
_DOUBT: Final = 0.01
"""Chance of being wrong about one column, shared by its values."""


@dataclass(frozen=True, slots=True)
class OneOutcome:
    """A value with which nearly every lead was won.

    Attributes
    ----------
    value : Wording
        The value, or the range of values.
    rows, wins : int
        Cases with it, and those won.
    share : float
        Of cases that were won, whatever their value.
    """

    value: Wording
    rows: int
    wins: int
    share: float

    @property
    def tells(self) -> bool:
        """Always: what is less than certain is not found."""
        return True

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        return Wording(
            f"of the {self.rows:,} leads with the value '{self.value.en}', {self.wins:,} were won ({self.share:.0%} of "
            "all leads were)",
            f"値「{self.value.ja}」のリード{self.rows:,}件のうち{self.wins:,}件が成約（全体では{self.share:.0%}）",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        return {"one_outcome_value": self.value.en, "one_outcome_rows": self.rows, "one_outcome_wins": self.wins}


def one_outcome(features: tuple[BinnedFeature, ...], is_won: BoolArray) -> OneOutcome | None:
    """Return the value of some features whose leads were won most certainly, if it is certain enough.

    Only wins count: values with which nobody ever buys are common and honest.
    """
    found = [one for feature in features if (one := _surest(feature, is_won)) is not None]
    return max(found, key=lambda one: one.wins, default=None)


def _surest(feature: BinnedFeature, is_won: BoolArray) -> OneOutcome | None:
    rows = np.bincount(feature.codes, minlength=feature.bins.count)
    wins = np.bincount(feature.codes[is_won], minlength=feature.bins.count)
    share, doubt = float(is_won.mean()), _DOUBT / feature.bins.count
    for best in (-wins).argsort(kind="stable"):
        of, won = int(rows[best]), int(wins[best])
        if _is_sure(of, won, share, doubt):
            en, ja = (feature.bins.name(int(best), language) for language in LANGUAGES)
            return OneOutcome(Wording(en, ja), of, won, share)
    return None


def _is_sure(rows: int, wins: int, share: float, doubt: float) -> bool:
    """Tell whether the true share won is above what an honest value reaches, by the exact binomial test."""
    least = max(_LEAST_PURE, share + _PURE * (1 - share)) if rows == wins else max(_NEARLY_PURE, share)
    return rows > 0 and wins > least * rows and _chance_of_as_many(rows, wins, least) <= doubt


def _chance_of_as_many(rows: int, wins: int, rate: float) -> float:
    """Return the chance of so many wins or more among so many rows, each won at a rate."""
    log_rate, log_other = math.log(rate), math.log1p(-rate)
    terms = (
        math.lgamma(rows + 1)
        - math.lgamma(number + 1)
        - math.lgamma(rows - number + 1)
        + number * log_rate
        + (rows - number) * log_other
        for number in range(wins, rows + 1)
    )
    return sum(math.exp(term) for term in terms)
