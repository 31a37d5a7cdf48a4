"""Sums that are done alike with the numbers of many snapshots and with that of one."""

from math import nan

import numpy as np

from features.seen import Flags, Numbers


def share(part: Numbers, whole: Numbers) -> Numbers:
    """Return part over whole, NaN where the whole is zero."""
    if isinstance(whole, float):
        return part / whole if whole > 0 else nan
    return part / np.where(whole > 0, whole, nan)


def flag(holds: Flags) -> Numbers:
    """Return 1 where something holds, else 0."""
    return float(holds) if isinstance(holds, bool) else holds.astype(np.float64)


def at_least_zero(number: Numbers) -> Numbers:
    """Return zero in place of what is below; missing stays missing."""
    if isinstance(number, float):
        return 0.0 if number < 0 else number
    return np.maximum(number, 0.0)
