"""When a source stops knowing anything: what happened later is neither won nor lost, but unseen."""

import pandas as pd

from features.instant import MISSING_MS, to_ms
from features.tables import Tables

_CLOSED = ("won", "lost")


def data_end_ms(tables: Tables, not_after_ms: int | None = None) -> int:
    """Return the instant of the latest dated row, in milliseconds since the epoch.

    A plan is not a fact: the expected closing date of an open deal does not count, and an activity that was recorded
    before it takes place counts when it was recorded. Otherwise one meeting in next quarter's calendar would make
    windows look observed that nobody has seen the end of.

    Parameters
    ----------
    tables : Tables
        The source.
    not_after_ms : int, optional
        What is dated later is a slip of the pen, and does not count.

    Raises
    ------
    ValueError
        When there are no leads.
    """
    if tables.leads.empty:
        raise ValueError("leads: at least one lead is needed to tell when the data end; found none")
    return max(_latest(times, not_after_ms) for times in _dated_facts(tables))


def _dated_facts(tables: Tables) -> tuple[pd.Series, ...]:
    activities = tables.activities
    return (
        tables.leads["created_at"],
        _closings(tables.leads),
        tables.deals["created_at"],
        _closings(tables.deals),
        activities["recorded_at"].fillna(activities["occurred_at"]),
        tables.qualifications["answered_at"],
        tables.stage_history["entered_at"],
        tables.field_history["changed_at"],
    )


def _closings(frame: pd.DataFrame) -> pd.Series:
    return frame["closed_at"].where(frame["outcome"].isin(_CLOSED))


def _latest(times: pd.Series, not_after_ms: int | None) -> int:
    instants = to_ms(times)
    counted = instants if not_after_ms is None else instants[instants <= not_after_ms]
    return int(counted.max(initial=MISSING_MS))
