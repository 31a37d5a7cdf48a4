"""The same trees explained by shap."""

from importlib import import_module
from typing import NamedTuple

import lightgbm
import numpy as np

from features.arrays import FloatArray
from models.booster import BoosterMember


class ShapValues(NamedTuple):
    """What shap says: a value for each cell, and the base."""

    values: FloatArray
    base: float


def by_shap(member: BoosterMember, values: FloatArray) -> ShapValues:
    """Explain rows by ``shap.TreeExplainer``, which asks LightGBM in turn, with as many threads as there are cores."""
    explained = import_module("shap").TreeExplainer(lightgbm.Booster(model_str=member.text))(values)
    return ShapValues(explained.values, float(np.ravel(explained.base_values)[0]))


def differs_from_ours(member: BoosterMember, values: FloatArray) -> float:
    """Return the largest difference of any value or base, in log-odds."""
    theirs, ours = by_shap(member, values), member.contributions(values)
    return float(max(np.abs(theirs.values - ours.values).max(), abs(theirs.base - ours.base)))
