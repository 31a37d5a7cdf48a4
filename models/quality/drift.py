"""How far a distribution has moved from another."""

from typing import Final

import numpy as np
from scipy.special import chdtri

from features.arrays import FloatArray

NOTABLE: Final = 0.1
"""The usual threshold for a shift worth a look (Siddiqi 2006, Credit Risk Scorecards)."""

LARGE: Final = 0.25
"""The usual threshold for a large one."""

_PRIOR_ROWS: Final = 0.5


def stability_index(before: FloatArray, after: FloatArray) -> float:
    """Return the population stability index of two tallies over the same bins; 0 is no change, and it is symmetric."""
    used = (before + after) > 0
    was, now = (tally[used] + _PRIOR_ROWS for tally in (before, after))
    was, now = was / was.sum(), now / now.sum()
    return float(((now - was) * np.log(now / was)).sum())


def chance_bound(bins: int, older: float, newer: float, likelihood: float) -> float:
    """Return the index that two samples of one distribution exceed with a given likelihood.

    The index is then about chi-squared, scaled by the sum of the reciprocal sizes (Yurdakul & Naranjo 2020).

    Parameters
    ----------
    bins : int
        How many bins either of the two uses.
    older, newer : float
        Their effective sizes.
    likelihood : float
        0 to 1.
    """
    unit = 1 / max(older, 1.0) + 1 / max(newer, 1.0)
    return unit * float(chdtri(max(bins - 1, 1), likelihood))
