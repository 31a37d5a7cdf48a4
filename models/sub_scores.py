"""The two halves of a score: who the lead is, and what it does."""

from typing import Final, Literal, TypeAlias

import numpy as np

from features.arrays import FloatArray
from features.catalogue.feature import Group
from features.spec import FeatureSpec
from models.calibration import probability
from models.member import Contributions
from models.sums import add_rows

Part: TypeAlias = Literal["fit", "engagement"]

PARTS: Final[dict[Part, frozenset[Group]]] = {
    "fit": frozenset({"fit"}),
    "engagement": frozenset({"engagement", "account"}),
}
"""The groups of features whose contributions make up each part."""


def part_strength(part: Part, spec: FeatureSpec, contributions: Contributions) -> FloatArray:
    """Return how strongly a part speaks for each snapshot, between 0 and 1 so that a ``ScoreMap`` can rank it.

    The contributions of the part's groups, added to the base, as if nothing else were known.
    """
    return probability(part_log_odds(part, spec, contributions))


def part_log_odds(part: Part, spec: FeatureSpec, contributions: Contributions) -> FloatArray:
    """Return the same in log-odds."""
    of_part = np.empty(len(contributions.values))
    add_rows(contributions.values, spec.columns_of(PARTS[part]), contributions.base, of_part)
    return of_part
