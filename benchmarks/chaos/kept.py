"""What the history has kept of what callers were answered."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sqlalchemy import Engine, NullPool, create_engine, select, text
from sqlalchemy.exc import DBAPIError

from serving.history_entry import CHAMPION
from serving.store_tables import SCORES

_LOOK_SECONDS: Final = 0.5
_AS_WRITTEN: Final = {"postgresql": "ctid", "sqlite": "rowid"}


@dataclass(frozen=True)
class Kept:
    """The rows of a history beside what was acknowledged.

    Attributes
    ----------
    missing : int
        Acknowledged answers that are not there.
    doubled : int
        Rows beyond the first of a lead that was asked about once.
    out_of_order : int
        Rows that were written before one of an earlier answer.
    """

    missing: int
    doubled: int
    out_of_order: int

    @property
    def lost(self) -> int:
        """Rows that are not once there."""
        return self.missing + self.doubled


def kept(url: str, acknowledged: Mapping[str, str], seconds: float) -> Kept:
    """Return what is kept, once all is there or the time is up.

    Parameters
    ----------
    url : str
        Of the database.
    acknowledged : mapping of str to str
        The answer's id, by the lead, each of which was asked about once.
    seconds : float
        How long answers may wait.
    """
    engine, end = create_engine(url, poolclass=NullPool), time.monotonic() + seconds
    while True:
        found = _compared(engine, acknowledged)
        if not found.missing or time.monotonic() > end:
            return found
        time.sleep(_LOOK_SECONDS)


def _compared(engine: Engine, acknowledged: Mapping[str, str]) -> Kept:
    columns = select(SCORES.c.score_id, SCORES.c.lead_id, SCORES.c.scored_at_ms)
    written = columns.where(SCORES.c.role == CHAMPION).order_by(text(_AS_WRITTEN[engine.dialect.name]))
    try:
        with engine.connect() as connection:
            rows = connection.execute(written).all()
    except DBAPIError:
        rows = []  # the table is not made yet
    there = {row.score_id for row in rows}
    leads = Counter(row.lead_id for row in rows)
    return Kept(
        missing=sum(score_id not in there for score_id in acknowledged.values()),
        doubled=leads.total() - len(leads),
        out_of_order=sum(later.scored_at_ms < earlier.scored_at_ms for earlier, later in pairwise(rows)),
    )
