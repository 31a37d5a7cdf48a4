"""The score history in a database: SQLite beside the service, or PostgreSQL."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Final

from sqlalchemy import select

from serving.database import open_engine
from serving.forgetting import after_forgetting, drop_forgotten, has_forgotten, hold_forgetting
from serving.history_entry import CHAMPION, HistoryEntry
from serving.prepared_insert import PreparedInsert
from serving.prepared_store import StoreError, prepare_store
from serving.store_tables import SCORES

HistoryError = StoreError
"""What is raised where the database is away or refuses."""

_NAMES: Final = tuple(field.name for field in fields(HistoryEntry))
_ROWS_A_STEP: Final = 10
_COLUMNS: Final = [SCORES.c[name] for name in _NAMES]


class HistoryStore:
    """The table of answers.

    Parameters
    ----------
    url : str
        As SQLAlchemy takes it. Nothing is opened before the first call.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._insert = PreparedInsert(SCORES, self._engine.dialect)
        self._values_of = attrgetter(*self._insert.names)

    def prepare(self) -> None:
        """Make the table, or bring it up to date.

        Raises
        ------
        HistoryError
            Where the database is away or refuses.
        """
        prepare_store(self._engine)

    def add(self, entries: Sequence[HistoryEntry], give_way: Callable[[], None] = lambda: None) -> int:
        """Write answers, all or none; one that is there already stays as it is, and none of a forgotten lead stays.

        Parameters
        ----------
        entries : sequence of HistoryEntry
        give_way : callable
            Called between steps, so that who waits for the processor gets it.

        Returns
        -------
        int
            How many were not written, because they waited for so long that nobody can tell any more whether their lead
            was forgotten in the meantime.
        """
        with self._engine.begin() as connection:
            hold_forgetting(connection)
            is_checked = has_forgotten(connection)
            told = after_forgetting(connection, entries) if is_checked else entries
            for start in range(0, len(told), _ROWS_A_STEP):
                self._insert.execute(connection, [self._values_of(one) for one in told[start : start + _ROWS_A_STEP]])
                give_way()
            if told and is_checked:
                drop_forgotten(connection, told)
        return len(entries) - len(told)

    def ask(self) -> None:
        """Find out whether the database answers; raises HistoryError where it does not."""
        with self._engine.connect() as connection:
            connection.execute(select(SCORES.c.score_id).limit(1))

    def of_lead(self, lead_id: str, limit: int, before: str | None = None) -> list[HistoryEntry]:
        """Return what callers were answered about a lead, newest first; ``before`` leaves ids below it only."""
        wanted = select(*_COLUMNS).where(SCORES.c.lead_id == lead_id, SCORES.c.role == CHAMPION)
        if before is not None:
            wanted = wanted.where(SCORES.c.score_id < before)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(SCORES.c.score_id.desc()).limit(limit)).all()
        return [HistoryEntry(*row) for row in rows]

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
