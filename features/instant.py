"""Instants as int64 milliseconds since the epoch, the one resolution of the project.

Features compare instants by binary search on integers, so an instant is an integer from the door on. One millisecond is
what CRMs record at best, and leaves room for millions of leads beside the time in one int64 key.
"""

from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from features.durations import MS_PER_DAY, MS_PER_HOUR
from features.iso_time import iso

__all__ = ["MISSING_MS", "MS_PER_DAY", "MS_PER_HOUR", "days_between", "from_ms", "iso", "to_ms"]

MISSING_MS: Final = int(np.iinfo(np.int64).min)
"""Stands for an instant that is not known; smaller than every other, so it is never taken for a later one."""


def to_ms(times: pd.Series) -> IntArray:
    """Turn a column of times with zone into milliseconds since the epoch.

    Parameters
    ----------
    times : pandas.Series
        ``datetime64[*, UTC]``; finer parts than a millisecond are cut off.

    Returns
    -------
    numpy.ndarray
        int64, ``MISSING_MS`` where the time is missing (pandas stores a missing time as the same number). Not to be
        written to: where the column has milliseconds, it is its own memory.
    """
    return times.to_numpy(dtype="datetime64[ms]").view(np.int64)


def from_ms(instants: IntArray) -> pd.Series:
    """Turn milliseconds since the epoch back into a ``datetime64[ms, UTC]`` column."""
    return pd.Series(instants.astype("datetime64[ms]")).dt.tz_localize("UTC")


def days_between(earlier_ms: IntArray, later_ms: IntArray) -> FloatArray:
    """Return the days from one instant to another; NaN where the first is missing."""
    days = (later_ms - earlier_ms) / MS_PER_DAY
    days[earlier_ms == MISSING_MS] = np.nan
    return days
