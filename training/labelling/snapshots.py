"""At which instants a lead is looked at while it is undecided."""

from typing import Final

import numpy as np
import pandas as pd

from features.arrays import IntArray
from features.instant import MISSING_MS, MS_PER_DAY, to_ms
from features.tables import Tables

AGES_DAYS: Final = (0, 1, 3, 7, 14, 30, 60, 90, 120, 150, 180, 270, 365, 545, 730)
"""Close together while a lead is young and much happens, far apart when it is old."""


def ages_for(tables: Tables) -> tuple[int, ...]:
    """Return the ages in days at which the leads of a source are looked at.

    Without dated activities nothing about a lead changes but its age, so it is looked at once.
    """
    return (0,) if tables.activities.empty else AGES_DAYS


def lead_snapshots(outcomes: pd.DataFrame, ages_days: tuple[int, ...], data_end_ms: int) -> pd.DataFrame:
    """List the instants at which each lead is looked at, all of them while it was undecided.

    Age 0 is one millisecond after ``created_at``. A row is visible at ``as_of`` if it is dated strictly earlier, and
    what a lead came with (the form it filled in, the page it came from) is stamped ``created_at``: a millisecond
    later is the first instant at which that is known, and the instant at which a new lead is scored in practice.

    Parameters
    ----------
    outcomes : pandas.DataFrame
        As ``features.outcomes.lead_outcomes`` returns them; leads with a ``left_out`` get no snapshot.
    ages_days : tuple of int
        Ages in days, ascending.
    data_end_ms : int
        Milliseconds since the epoch; snapshots are earlier.

    Returns
    -------
    pandas.DataFrame
        int64 columns ``lead`` (row number), ``as_of_ms`` and ``age_days``, ordered by lead and age.
    """
    created = to_ms(outcomes["created_at"])
    after_creation = np.array([max(age * MS_PER_DAY, 1) for age in ages_days], dtype=np.int64)
    as_of = created[:, np.newaxis] + after_creation
    lead, age = np.nonzero(as_of < _undecided_until(outcomes, data_end_ms)[:, np.newaxis])
    columns = {"lead": lead, "as_of_ms": as_of[lead, age], "age_days": np.array(ages_days)[age]}
    return pd.DataFrame(columns).astype(np.int64)


def _undecided_until(outcomes: pd.DataFrame, data_end_ms: int) -> IntArray:
    decided = to_ms(outcomes["decided_at"])
    until = np.where(decided == MISSING_MS, data_end_ms, np.minimum(decided, data_end_ms))
    return np.where(outcomes["left_out"].isna(), until, MISSING_MS)
