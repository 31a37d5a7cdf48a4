"""The score history in a database: SQLite beside the service, or PostgreSQL."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    Float,
    Index,
    MetaData,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from serving.database import open_engine
from serving.history_entry import HistoryEntry
from serving.migrations import upgrade

_MS_PER_SECOND: Final = 1000

HistoryError = SQLAlchemyError
"""What is raised where the database is away or refuses."""


class Instant(TypeDecorator[int]):
    """Milliseconds since the epoch, kept as a time in UTC that people and their tools can read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the time that the database keeps."""
        del dialect
        return None if value is None else datetime.fromtimestamp(value / _MS_PER_SECOND, UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return the instant; SQLite gives back a time without its zone."""
        del dialect
        return None if value is None else round(value.replace(tzinfo=value.tzinfo or UTC).timestamp() * _MS_PER_SECOND)


METADATA: Final = MetaData()
SCORES: Final = Table(
    "lead_scores",
    METADATA,
    Column("score_id", String(26), primary_key=True),
    Column("lead_id", String(200), nullable=False),
    Column("as_of", Instant, nullable=False, key="as_of_ms"),
    Column("scored_at", Instant, nullable=False, key="scored_at_ms"),
    Column("method", String(16), nullable=False),
    Column("probability", Float),
    Column("score", SmallInteger, nullable=False),
    Column("grade", String(1), nullable=False),
    Column("gates", String(32), nullable=False),
    Column("route", String(32), nullable=False),
    Column("model_name", String(200), nullable=False),
    Column("model_version", String(64), nullable=False),
    Index("lead_scores_by_lead", "lead_id", "score_id"),
)
_COLUMNS: Final = [SCORES.c[field.name] for field in fields(HistoryEntry)]


class HistoryStore:
    """The table of answers.

    Parameters
    ----------
    url : str
        As SQLAlchemy takes it. Nothing is opened before the first call.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)

    def prepare(self) -> None:
        """Make the table, or bring it up to date.

        Raises
        ------
        HistoryError
            Where the database is away or refuses.
        """
        file = self._engine.url.database
        if self._engine.dialect.name == "sqlite" and file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        upgrade(self._engine)

    def add(self, entries: Iterable[HistoryEntry]) -> None:
        """Write answers, all or none; one that is there already stays as it is."""
        insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[self._engine.dialect.name]
        with self._engine.begin() as connection:
            connection.execute(insert(SCORES).on_conflict_do_nothing(), [asdict(entry) for entry in entries])

    def of_lead(self, lead_id: str, limit: int, before: str | None = None) -> list[HistoryEntry]:
        """Return a lead's answers, newest first; those with ids below ``before`` where it is given."""
        wanted = select(*_COLUMNS).where(SCORES.c.lead_id == lead_id)
        if before is not None:
            wanted = wanted.where(SCORES.c.score_id < before)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(SCORES.c.score_id.desc()).limit(limit)).all()
        return [HistoryEntry(*row) for row in rows]

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
