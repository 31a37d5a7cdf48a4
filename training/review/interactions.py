"""Pairs of features of which one decides how much the other matters."""

from typing import Final

import lightgbm
import numpy as np
import pandas as pd

from features.arrays import FloatArray
from models.booster import BoosterMember
from models.conversion import ConversionModel
from training.review.observations import Observations, evenly
from training.review.shap_library import shap

EXPLAINED: Final = 300


def interactions(observations: Observations, most: int = EXPLAINED) -> pd.DataFrame:
    """Measure how strongly each pair of features acts together in the model.

    Exact SHAP interaction values (Lundberg et al. 2018, arXiv:1802.03888) of the trees, weighted and calibrated as the
    trees are; a logistic regression has none.

    Parameters
    ----------
    observations : Observations
        The model and past snapshots.
    most : int
        How many of the snapshots are looked at, evenly spaced.

    Returns
    -------
    pandas.DataFrame
        ``feature``, ``other`` (each pair once) and ``strength``, the mean size in log-odds of what the two add
        together beyond what each adds alone; the strongest first, those without any left out.
    """
    values = observations.matrix.values[evenly(len(observations.data), most)]
    strength = _strength(observations.model, values)
    first, second = np.triu_indices(len(strength), k=1)
    names = np.array(observations.model.spec.names, dtype=object)
    pairs = pd.DataFrame({"feature": names[first], "other": names[second], "strength": strength[first, second]})
    return pairs[pairs["strength"] > 0].sort_values("strength", ascending=False, kind="stable", ignore_index=True)


def _strength(model: ConversionModel, values: FloatArray) -> FloatArray:
    """Return the mean absolute interaction of each pair; the two halves that SHAP gives a pair are added up."""
    total = np.zeros((len(model.spec.names), len(model.spec.names)))
    for member, weight in zip(model.members, model.weights, strict=True):
        if isinstance(member, BoosterMember) and len(values):
            trees = lightgbm.Booster(model_str=member.text)
            found = shap().TreeExplainer(trees).shap_interaction_values(values)
            total += 2 * weight * model.calibration.slope * np.abs(np.asarray(found)).mean(axis=0)
    return total
