"""A part of a whole that may be nothing."""

import numpy as np

from features.arrays import FloatArray


def share(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return part over whole, NaN where the whole is zero."""
    return part / np.where(whole > 0, whole, np.nan)
