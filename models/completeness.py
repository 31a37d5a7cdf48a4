"""How much of the picture of a lead was known."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from features.recipe import CatalogueRecipe
from features.spec import FeatureSpec, FittedFeature
from models.column_checks import shares_above

ACTIVITIES: Final = "activities_ever"
PICTURE: Final = (
    "industry",
    "employees",
    "annual_revenue",
    "country",
    "seniority",
    "department",
    "email_domain_kind",
    "source",
    "budget_status",
    "authority_role",
    "need",
    "timeframe",
    "competition",
    ACTIVITIES,
)
"""The company, the person, the origin, the answers, and whether anything happened at all."""

PICTURE_SPEC: Final = FeatureSpec(tuple(FittedFeature(CatalogueRecipe(name), None) for name in PICTURE))


class Picture:
    """Where the picture of a lead stands in a feature matrix.

    Parameters
    ----------
    names : sequence of str
        The features, in the order of the columns.

    Attributes
    ----------
    columns : numpy.ndarray
        int64, those that belong to the picture.
    bounds : numpy.ndarray
        float64, what each of them exceeds where it is known; a missing value exceeds nothing.
    """

    def __init__(self, names: Sequence[str]) -> None:
        columns = [column for column, name in enumerate(names) if name in PICTURE]
        self.columns = np.array(columns, dtype=np.int64)
        self.bounds = np.array([0.0 if names[column] == ACTIVITIES else -np.inf for column in columns])

    def shares_known(self, values: FloatArray) -> FloatArray:
        """Return the share of the picture that was known at each snapshot; 1 where no feature belongs to it."""
        shares = np.empty(len(values))
        shares_above(values, self.columns, self.bounds, shares)
        return shares


def completeness(matrix: FeatureMatrix) -> FloatArray:
    """Return the share of the picture that was known at each snapshot.

    Parameters
    ----------
    matrix : FeatureMatrix
        Those of its features that belong to ``PICTURE`` count; 1 where none does.
    """
    return _picture(matrix.names).shares_known(matrix.values)


@lru_cache(maxsize=64)
def _picture(names: tuple[str, ...]) -> Picture:
    return Picture(names)
