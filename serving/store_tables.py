"""The tables that the service keeps: answers, how leads ended, that some were forgotten, and what the watch found."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
)

from features.iso_time import iso

_MS_PER_SECOND: Final = 1000


class Instant(TypeDecorator[int]):
    """Milliseconds since the epoch, kept as a time in UTC that people and their tools can read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the time that the database keeps."""
        del dialect
        return None if value is None else datetime.fromtimestamp(value / _MS_PER_SECOND, UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[int | None], Any] | None:
        """Write SQLite's text at once; by way of a time it takes six times as long."""
        return _text_of if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return the instant; SQLite gives back a time without its zone."""
        del dialect
        return None if value is None else round(value.replace(tzinfo=value.tzinfo or UTC).timestamp() * _MS_PER_SECOND)


def _text_of(instant_ms: int | None) -> str | None:
    if instant_ms is None:
        return None
    text = iso(instant_ms)
    return f"{text[:10]} {text[11:19]}.{text[20:23] if instant_ms % _MS_PER_SECOND else '000'}000"


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
    Column("role", String(16), nullable=False, server_default="champion"),
    Column("horizon_days", Integer),
    Column("inputs", LargeBinary),
    Index("lead_scores_by_lead", "lead_id", "score_id"),
)
OUTCOMES: Final = Table(
    "outcomes",
    METADATA,
    Column("lead_id", String(200), primary_key=True),
    Column("outcome", String(8), nullable=False),
    Column("closed_at", Instant, nullable=False, key="closed_at_ms"),
    Column("amount", Float),
    Column("currency", String(3)),
    Column("lost_reason", String(1000)),
    Column("reported_at", Instant, nullable=False, key="reported_at_ms"),
    CheckConstraint("outcome IN ('won', 'lost')", name="outcome_is_decided"),
    CheckConstraint("amount >= 0", name="amount_is_not_negative"),
    CheckConstraint("outcome = 'lost' OR lost_reason IS NULL", name="only_lost_has_a_reason"),
    Index("outcomes_by_closing", "closed_at_ms"),
)
FORGOTTEN: Final = Table(
    "forgotten",
    METADATA,
    Column("receipt", String(26), primary_key=True),
    Column("forgotten_at", Instant, nullable=False, key="forgotten_at_ms"),
    Column("scores", Integer, nullable=False),
    Column("shadow_scores", Integer, nullable=False),
    Column("outcomes", Integer, nullable=False),
    Column("salt", LargeBinary(16)),
    Column("digest", LargeBinary(32)),
)
FIGURES: Final = Table(
    "monitor_figures",
    METADATA,
    Column("until", Instant, primary_key=True, key="until_ms"),
    Column("name", String(64), primary_key=True),
    Column("value", Float, nullable=False),
)
