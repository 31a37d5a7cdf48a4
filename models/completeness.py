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
    columns, above = _columns(matrix.names)
    if not len(columns):
        return np.ones(len(matrix.values))
    known = (matrix.values.take(columns, axis=1) > above).sum(axis=1)
    return np.asarray(known / len(columns), dtype=np.float64)


@lru_cache(maxsize=64)
def _columns(names: tuple[str, ...]) -> tuple[IntArray, FloatArray]:
    """Return the columns of the picture, and what each exceeds where it is known: a missing value exceeds nothing."""
    columns = [column for column, name in enumerate(names) if name in PICTURE]
    above = [0.0 if names[column] == ACTIVITIES else -np.inf for column in columns]
    return np.array(columns, dtype=np.int64), np.array(above)
