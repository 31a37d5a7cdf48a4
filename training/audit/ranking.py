"""How well wins are told from losses, and how much of that is news."""

from statistics import NormalDist
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray

_PRIOR_ROWS: Final = 10.0
_LEAST: Final = 0.5
_MOST: Final = 1.0 - 1e-6


def win_rates(bins: IntArray, is_won: BoolArray, count: int) -> FloatArray:
    """Return the share won in each bin, drawn towards the share of all by ten rows' worth."""
    rows = np.bincount(bins, minlength=count)
    wins = np.bincount(bins, weights=is_won, minlength=count)
    rate: FloatArray = (wins + _PRIOR_ROWS * is_won.mean()) / (rows + _PRIOR_ROWS)
    return rate


def roc_auc(score: FloatArray, is_won: BoolArray) -> float:
    """Return the share of pairs of a win and a loss in which the win has the higher score; ties count half."""
    _, rank = np.unique(score, return_inverse=True)
    wins = np.bincount(rank, weights=is_won)
    losses = np.bincount(rank, weights=~is_won)
    pairs = wins.sum() * losses.sum()
    return float((losses * (wins[::-1].cumsum()[::-1] - wins / 2)).sum() / pairs) if pairs else np.nan


def knowledge(auc: float) -> float:
    """Turn an AUC into something that adds up: the squared distance, in standard deviations, of wins from losses.

    For normal scores of equal spread, AUC = Phi(d / sqrt 2), and the d squared of independent predictors add up
    (Green and Swets 1966, Signal Detection Theory). Zero where the AUC is at or below one half.
    """
    return 2 * NormalDist().inv_cdf(min(max(auc, _LEAST), _MOST)) ** 2


def news(auc_with: float, auc_without: float) -> float:
    """Return the share of what is known with some columns that is not known without them; 0 to 1."""
    known = knowledge(auc_with)
    return max(0.0, 1.0 - knowledge(auc_without) / known) if known > 0 else 0.0
