"""How much of the picture of a lead was known."""

from functools import lru_cache
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.matrix import FeatureMatrix
from features.recipe import CatalogueRecipe
from features.spec import FeatureSpec, FittedFeature

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


def completeness(matrix: FeatureMatrix) -> FloatArray:
    """Return the share of the picture that was known at each snapshot.

    Parameters
    ----------
    matrix : FeatureMatrix
        Those of its features that belong to ``PICTURE`` count; 1 where none does.
    """
    present, counted = _columns(matrix.names)
    if not len(present) + len(counted):
        return np.ones(len(matrix.values))
    known = (~np.isnan(matrix.values.take(present, axis=1))).sum(axis=1)
    happened = (matrix.values.take(counted, axis=1) > 0).sum(axis=1)
    return np.asarray((known + happened) / (len(present) + len(counted)), dtype=np.float64)


@lru_cache(maxsize=64)
def _columns(names: tuple[str, ...]) -> tuple[IntArray, IntArray]:
    """Return the columns that are known where they are not missing, and the one where it is not zero."""
    present = [column for column, name in enumerate(names) if name in PICTURE and name != ACTIVITIES]
    counted = [column for column, name in enumerate(names) if name == ACTIVITIES]
    return np.array(present, dtype=np.int64), np.array(counted, dtype=np.int64)
