"""Forgets leads: what is stored of one goes at once, and what a running service still has to write goes with it.

The record that stays says when and how many rows, under a receipt to be filed with the request, and names nobody. For a
day it also holds a salted digest of the id: answers that wait in a service's spool are recognised by it and dropped.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from features.durations import MS_PER_DAY
from serving.history_entry import SHADOW, HistoryEntry
from serving.score_id import new_score_id
from serving.store_tables import FORGOTTEN, OUTCOMES, SCORES

WAITING_MS: Final = MS_PER_DAY
_CLOCK_SKEW_MS: Final = 10_000
_SALT_BYTES: Final = 16
_LOCK: Final = 4_815_162_343
_NO_DELETION: Final = "DELETE FROM forgotten WHERE FALSE"
_ANY_FORGOTTEN: Final = "SELECT EXISTS (SELECT 1 FROM forgotten)"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed of a lead.

    Attributes
    ----------
    receipt : str
        Stands in the record; says nothing about the lead.
    scores, shadow_scores, outcomes : int
        Rows.
    """

    receipt: str
    scores: int
    shadow_scores: int
    outcomes: int

    @property
    def rows(self) -> int:
        """All of them."""
        return self.scores + self.shadow_scores + self.outcomes


def forget(engine: Engine, lead_id: str, now_ms: int) -> Forgotten:
    """Remove all that is stored of a lead, in one transaction, and leave a record of it.

    Raises
    ------
    StoreError
        Where the database is away or refuses; then everything is as it was.
    """
    with engine.begin() as connection:
        _lock(connection, "pg_advisory_xact_lock")
        is_shadow = SCORES.c.role == SHADOW
        of_lead = SCORES.c.lead_id == lead_id
        done = Forgotten(
            receipt=new_score_id(now_ms),
            scores=connection.execute(delete(SCORES).where(of_lead, ~is_shadow)).rowcount,
            shadow_scores=connection.execute(delete(SCORES).where(of_lead, is_shadow)).rowcount,
            outcomes=connection.execute(delete(OUTCOMES).where(OUTCOMES.c.lead_id == lead_id)).rowcount,
        )
        salt = secrets.token_bytes(_SALT_BYTES)
        record = {"forgotten_at_ms": now_ms, "salt": salt, "digest": _digest(salt, lead_id)}
        connection.execute(insert(FORGOTTEN), [asdict(done) | record])
    if engine.dialect.name == "sqlite":
        _clear_log(engine)
    return done


def hold_forgetting(connection: Connection) -> None:
    """Keep leads from being forgotten until a transaction that writes answers has ended."""
    _lock(connection, "pg_advisory_xact_lock_shared")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_NO_DELETION)  # takes SQLite's own lock, and waits for it


def has_forgotten(connection: Connection) -> bool:
    """Tell whether any lead was ever forgotten: only then there is something to compare answers with."""
    return bool(connection.exec_driver_sql(_ANY_FORGOTTEN).scalar())


def after_forgetting(connection: Connection, entries: Sequence[HistoryEntry]) -> Sequence[HistoryEntry]:
    """Return the answers of which it can be told whether their lead was forgotten.

    It cannot of one that was given before a lead was forgotten whose digest is gone: it waited for over a day.
    """
    latest = select(func.max(FORGOTTEN.c.forgotten_at_ms)).where(FORGOTTEN.c.digest.is_(None))
    unnamed_ms = connection.execute(latest).scalar()
    if unnamed_ms is None:
        return entries
    return [entry for entry in entries if entry.scored_at_ms > unnamed_ms + _CLOCK_SKEW_MS]


def drop_forgotten(connection: Connection, entries: Sequence[HistoryEntry]) -> None:
    """Remove answers, just written, that were given before their lead was forgotten."""
    newest_ms = max(entry.scored_at_ms for entry in entries)
    columns = [FORGOTTEN.c[name] for name in ("receipt", "forgotten_at_ms", "salt", "digest")]
    wanted = select(*columns).where(FORGOTTEN.c.digest.is_not(None))
    for receipt, forgotten_ms, salt, digest in connection.execute(wanted).all():
        late = [
            entry.score_id
            for entry in entries
            if entry.scored_at_ms <= forgotten_ms + _CLOCK_SKEW_MS and _digest(salt, entry.lead_id) == digest
        ]
        connection.execute(delete(SCORES).where(SCORES.c.score_id.in_(late)))
        if forgotten_ms + WAITING_MS < newest_ms:
            unnamed = update(FORGOTTEN).where(FORGOTTEN.c.receipt == receipt).values(salt=None, digest=None)
            connection.execute(unnamed)


def _digest(salt: bytes, lead_id: str) -> bytes:
    return sha256(salt + lead_id.encode("utf-8", "surrogatepass")).digest()


def _lock(connection: Connection, function: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT {function}({_LOCK})")


def _clear_log(engine: Engine) -> None:
    """Take what was removed out of SQLite's log of changes as well."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
