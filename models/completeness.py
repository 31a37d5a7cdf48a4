"""How much of the picture of a lead was known."""

from typing import Final

import numpy as np

from features.arrays import FloatArray
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
    parts = [name for name in PICTURE if name in matrix.names]
    if not parts:
        return np.ones(len(matrix.values))
    known = np.array(
        [matrix.column(name) > 0 if name == ACTIVITIES else ~np.isnan(matrix.column(name)) for name in parts]
    )
    return np.asarray(known.mean(axis=0), dtype=np.float64)
