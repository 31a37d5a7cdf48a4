"""The leads that nobody has won or lost yet."""

import numpy as np

from features.instant import to_ms
from features.outcomes import lead_outcomes
from features.snapshots import Snapshots
from features.tables import Tables


def open_leads(tables: Tables, end_ms: int) -> Snapshots:
    """Return the leads that are neither won nor lost when the data end, right after the last fact.

    Where a lead has deals, they tell: it is open while none of them is won and one is undecided.

    Parameters
    ----------
    tables : Tables
        The source.
    end_ms : int
        The data end, in milliseconds since the epoch.
    """
    outcomes = lead_outcomes(tables, end_ms)
    is_open = (outcomes["outcome"] == "open") & (outcomes["left_out"] != "closed_without_date")
    there = to_ms(tables.leads["created_at"]) <= end_ms
    lead = np.flatnonzero(is_open.to_numpy(dtype=np.bool_) & there).astype(np.int64)
    # Features see what is dated before the instant, so the instant is the one after the last fact.
    return Snapshots(lead, np.full(len(lead), end_ms + 1, dtype=np.int64))
