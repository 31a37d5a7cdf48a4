"""Answers beside what became of their leads, for whoever compares the two."""

from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Engine, select

from features.instant import MS_PER_DAY, from_ms
from serving.history_entry import CHAMPION, Role
from serving.score_id import first_score_id
from serving.store_tables import OUTCOMES, SCORES

_OF_A_SCORE: Final = (
    *("score_id", "lead_id", "scored_at_ms", "as_of_ms", "method", "probability", "score", "grade", "gates", "route"),
    *("model_name", "model_version", "role", "horizon_days"),
)

_TYPES: Final = dict.fromkeys(_OF_A_SCORE, "str") | {
    **dict.fromkeys(("score", "scored_at_ms", "as_of_ms"), "int64"),
    "probability": "float64",
    "horizon_days": "Int64",
}


def before_closing(lead_id: str, closed_at_ms: int) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of the answers about a lead that its end may be compared with."""
    is_earlier = (SCORES.c.scored_at_ms < closed_at_ms, SCORES.c.as_of_ms < closed_at_ms)
    return SCORES.c.lead_id == lead_id, SCORES.c.role == CHAMPION, *is_earlier


def scores_with_outcomes(
    engine: Engine, since_ms: int, known_until_ms: int, role: Role | None = CHAMPION
) -> pd.DataFrame:
    """Return the answers given since an instant, with the outcomes that came after them.

    An answer that was given when its lead had been decided, or that looked at it from then on, is left out: it could
    have known the end.

    Parameters
    ----------
    engine : sqlalchemy.Engine
        Of the database, whose tables are there.
    since_ms : int
        Milliseconds since the epoch; compared with ``scored_at``.
    known_until_ms : int
        Until when outcomes have been reported. What closed later is still open here.
    role : {"champion", "shadow"} or None
        Whose answers; None for both.

    Returns
    -------
    pandas.DataFrame
        One row an answer, oldest first: ``score_id``, ``lead_id``, ``scored_at``, ``as_of``, ``method``,
        ``probability`` (NaN with rules), ``score``, ``grade``, ``gates``, ``route``, ``model_name``,
        ``model_version``, ``role``, ``horizon_days``, ``outcome`` (missing while open), ``closed_at``, ``is_matured``
        (the whole horizon has been observed) and ``is_won`` (1 if won within the horizon, else 0; NaN until matured).
    """
    rows = _rows(engine, since_ms, role)
    frame = pd.DataFrame(rows, columns=[*_OF_A_SCORE, "outcome", "closed_at_ms"]).astype(_TYPES)
    closed = frame["closed_at_ms"].astype("Int64")
    closed = closed.mask(closed > known_until_ms)
    is_late = ((closed <= frame["scored_at_ms"]) | (closed <= frame["as_of_ms"])).fillna(value=False)
    frame["outcome"] = frame["outcome"].astype("str").where(closed.notna())
    frame["closed_at_ms"] = closed
    return _labelled(frame[~is_late].reset_index(drop=True), known_until_ms)


def _rows(engine: Engine, since_ms: int, role: Role | None) -> list[tuple[object, ...]]:
    columns = [*(SCORES.c[name] for name in _OF_A_SCORE), OUTCOMES.c.outcome, OUTCOMES.c.closed_at_ms]
    joined = SCORES.outerjoin(OUTCOMES, SCORES.c.lead_id == OUTCOMES.c.lead_id)
    # Ids begin with the time of the answer, so the primary key finds those since an instant.
    wanted = select(*columns).select_from(joined).where(SCORES.c.score_id >= first_score_id(since_ms))
    if role is not None:
        wanted = wanted.where(SCORES.c.role == role)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(wanted.order_by(SCORES.c.score_id)).all()]


def _labelled(frame: pd.DataFrame, known_until_ms: int) -> pd.DataFrame:
    end_ms = frame["as_of_ms"] + frame["horizon_days"] * MS_PER_DAY
    is_matured = (end_ms <= known_until_ms).fillna(value=False).astype("bool")
    is_won = ((frame["outcome"] == "won") & (frame["closed_at_ms"] <= end_ms)).fillna(value=False)
    told = {
        "scored_at": from_ms(frame["scored_at_ms"].to_numpy(dtype=np.int64)),
        "as_of": from_ms(frame["as_of_ms"].to_numpy(dtype=np.int64)),
        "closed_at": pd.to_datetime(frame["closed_at_ms"], unit="ms", utc=True).astype("datetime64[ms, UTC]"),
        "is_matured": is_matured,
        "is_won": is_won.astype("float64").where(is_matured),
    }
    return frame.assign(**told).drop(columns=["scored_at_ms", "as_of_ms", "closed_at_ms"])
