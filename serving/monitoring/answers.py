"""The answers of a period, each lead once a month, with what became of the leads."""

import pandas as pd
from sqlalchemy import Engine, func, select

from features.instant import to_ms
from serving.history_entry import CHAMPION, SHADOW
from serving.monitoring.period import Period
from serving.outcome_join import scores_with_outcomes
from serving.store_tables import OUTCOMES


def last_reported_ms(engine: Engine, until_ms: int) -> int | None:
    """Return when an outcome was reported last by an instant, in milliseconds since the epoch; None where none was."""
    wanted = select(func.max(OUTCOMES.c.reported_at_ms)).where(OUTCOMES.c.reported_at_ms <= until_ms)
    with engine.connect() as connection:
        found: int | None = connection.execute(wanted).scalar_one()
    return found


def known_until_ms(reported_ms: int | None, until_ms: int) -> int:
    """Return until when it is known how leads ended: nobody knows what closed after the last report."""
    return 0 if reported_ms is None else min(reported_ms, until_ms)


def answers_of(engine: Engine, period: Period, known_ms: int) -> pd.DataFrame:
    """Return the answers of champion and shadow in a period.

    Parameters
    ----------
    engine : sqlalchemy.Engine
    period : Period
    known_ms : int
        Until when outcomes are known.

    Returns
    -------
    pandas.DataFrame
        As ``scores_with_outcomes`` has it, with ``month`` (``2026-03``, of scoring, in the period's zone).
    """
    frame = scores_with_outcomes(engine, period.since_ms, known_ms, role=None)
    frame = frame[to_ms(frame["scored_at"]) < period.until_ms].reset_index(drop=True)
    return frame.assign(month=frame["scored_at"].dt.tz_convert(period.zone).dt.strftime("%Y-%m"))


def first_of_month(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the first answer about each lead in each month, oldest first.

    The first, since which answer was the last of a lead depends on how it ended.
    """
    return frame.drop_duplicates(["lead_id", "month"]).reset_index(drop=True)


def of_champion(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what callers were answered by a model."""
    return frame[(frame["role"] == CHAMPION) & (frame["method"] == "model")]


def of_shadow(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what was only kept to be compared."""
    return frame[(frame["role"] == SHADOW) & (frame["method"] == "model")]
