"""Why a lead has its probability: the contributions that matter most, as sentences, and the rest as one number."""

from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np

from features.catalogue.feature import Group, Unit
from features.matrix import FeatureMatrix
from features.spec import FeatureSpec, FittedFeature
from features.wording import Language
from models.calibration import probability
from models.explaining import Explaining
from models.member import Contributions

Direction: TypeAlias = Literal["up", "down"]

MOST_REASONS: Final = 8
LEAST_LOG_ODDS: Final = 0.01
"""A smaller contribution moves the odds by less than one per cent: no reason for anybody."""
OTHER: Final = "other"
"""The value of a category that the model does not distinguish."""
_RESERVED: Final = 4
"""One place in so many is kept for each direction: whoever hears what speaks for a lead hears what speaks against."""


class Reason(NamedTuple):
    """One feature of a lead, and what it adds to the log-odds.

    Attributes
    ----------
    fitted : FittedFeature
        The feature.
    number : float or None
        Its value as in the feature matrix; None where missing.
    contribution_log_odds : float
        Never zero.
    """

    fitted: FittedFeature
    number: float | None
    contribution_log_odds: float

    @property
    def feature(self) -> str:
        """The feature's name."""
        return self.fitted.name

    @property
    def group(self) -> Group:
        """Which part of the score the feature belongs to."""
        return self.fitted.group

    @property
    def unit(self) -> Unit:
        """What the value counts."""
        return self.fitted.unit

    @property
    def value(self) -> float | str | None:
        """The number, or the category's text (``OTHER`` where the model does not distinguish it); None if missing."""
        if self.number is None or self.fitted.categories is None:
            return self.number
        return self.fitted.category(self.number) or OTHER

    @property
    def direction(self) -> Direction:
        """Whether it raises or lowers the probability."""
        return "up" if self.contribution_log_odds > 0 else "down"

    def text(self, language: Language) -> str:
        """Return the value as a sentence."""
        return self.fitted.say(np.nan if self.number is None else self.number, language)


class Explanation(NamedTuple):
    """The log-odds of a lead taken apart.

    ``base_log_odds`` plus the contributions of the reasons plus ``other_log_odds`` are ``log_odds``.

    Attributes
    ----------
    base_log_odds : float
        What holds before anything is known of the lead.
    log_odds : float
        The calibrated log-odds; the probability follows from them.
    base_probability : float
        The probability of the base.
    reasons : tuple of Reason
        The contributions that matter most, the largest first.
    other_log_odds : float
        The sum of all other contributions.
    """

    base_log_odds: float
    log_odds: float
    base_probability: float
    reasons: tuple[Reason, ...]
    other_log_odds: float


def explanations(
    spec: FeatureSpec, matrix: FeatureMatrix, contributions: Contributions, most: int = MOST_REASONS
) -> list[Explanation]:
    """Explain each snapshot by its largest contributions, for and against.

    Parameters
    ----------
    spec : FeatureSpec
        The model's features.
    matrix : FeatureMatrix
        Their values, in the same order.
    contributions : Contributions
        What each value adds, of the same shape.
    most : int
        How many reasons at most; a quarter of them is kept for each direction as far as it has any.

    Returns
    -------
    list of Explanation
        One a snapshot, in the order of the matrix. Equal contributions keep the order of the features.

    Raises
    ------
    ValueError
        Where values and contributions differ in shape, or the features are not the spec's.
    """
    if matrix.names != spec.names or matrix.values.shape != contributions.values.shape:
        raise ValueError(
            f"Reasons need the {len(spec.names)} features of the model with a contribution for each value, found "
            f"{len(matrix.names)} features, values of shape {matrix.values.shape} and contributions of shape "
            f"{contributions.values.shape}. Compute both with the model's own feature spec."
        )
    base, added = contributions.base, np.ascontiguousarray(contributions.values)
    return explaining(most).rows(spec.features, matrix.values, added, base, base_probability(base))


@lru_cache(maxsize=64)
def explaining(most: int = MOST_REASONS) -> "Explaining[Explanation]":
    """Return what explains a row by so many contributions."""
    return Explaining(Reason, Explanation, most, LEAST_LOG_ODDS, _RESERVED)


@lru_cache(maxsize=64)
def base_probability(base_log_odds: float) -> float:
    """Return the probability before anything is known of a lead."""
    return float(probability(np.asarray(base_log_odds)))
