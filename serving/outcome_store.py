"""The outcomes in a database: what is recorded has reached the disk before anybody is told so."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from threading import Lock
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from serving.database import open_engine
from serving.outcome import STATED, Outcome
from serving.outcome_join import before_closing
from serving.prepared_store import prepare_store
from serving.store_tables import OUTCOMES, SCORES

Status: TypeAlias = Literal["new", "same", "completed", "replaced", "contradiction"]

_COLUMNS: Final = [OUTCOMES.c[field.name] for field in fields(Outcome)]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a reported outcome.

    Attributes
    ----------
    status : str
        ``new``; ``same`` as what was stored; ``completed``, where it added to that; ``replaced``, where it took the
        place of something else; ``contradiction``, where it was refused for it.
    stored : Outcome
        What is stored now.
    """

    status: Status
    stored: Outcome


class OutcomeStore:
    """The table of outcomes: one a lead.

    Parameters
    ----------
    url : str
        As SQLAlchemy takes it. Nothing is opened before the first call. Every method raises a StoreError where the
        database is away or refuses, and then nothing is stored.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, is_durable=True)
        self._preparing = Lock()
        self._is_prepared = False

    def record(self, reported: Sequence[Outcome], *, replace: bool = False, tolerance_ms: int = 0) -> list[Recorded]:
        """Store outcomes, all or none, and return what became of each, in order.

        Parameters
        ----------
        reported : sequence of Outcome
            At most one a lead.
        replace : bool
            Whether what contradicts takes the place of what is stored, instead of being refused.
        tolerance_ms : int
            By how much two closing times may differ that are called the same.
        """
        if not reported:
            return []
        self._prepare()
        with self._engine.begin() as connection:
            _make_durable(connection)
            new = _inserted(connection, reported)
            known = _locked(connection, [one.lead_id for one in reported if one.lead_id not in new])
            told = [_compared(one, known.get(one.lead_id), tolerance_ms, replace=replace) for one in reported]
            _update(connection, [one.stored for one in told if one.status in ("completed", "replaced")])
        return told

    def earlier_scores(self, lead_id: str, closed_at_ms: int) -> int:
        """Count the answers about a lead that were given before it closed."""
        self._prepare()
        counted = select(func.count()).select_from(SCORES).where(*before_closing(lead_id, closed_at_ms))
        with self._engine.connect() as connection:
            return int(connection.execute(counted).scalar_one())

    def all_of(self, lead_ids: Sequence[str]) -> dict[str, Outcome]:
        """Return what is stored of leads, by their ids."""
        self._prepare()
        with self._engine.connect() as connection:
            return _found(connection, lead_ids)

    def remove(self, lead_ids: Sequence[str]) -> int:
        """Remove the outcomes of leads that turned out to be undecided; return how many there were."""
        self._prepare()
        with self._engine.begin() as connection:
            return connection.execute(delete(OUTCOMES).where(OUTCOMES.c.lead_id.in_(lead_ids))).rowcount

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _prepare(self) -> None:
        with self._preparing:
            if not self._is_prepared:
                prepare_store(self._engine)
                self._is_prepared = True


def _make_durable(connection: Connection) -> None:
    """Have the commit wait for the disk, even where the server is set up otherwise; SQLite is by its engine."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL synchronous_commit = on")


def _inserted(connection: Connection, reported: Iterable[Outcome]) -> set[str]:
    """Insert the outcomes of leads that have none; return those leads. Holds the lock of SQLite from here on."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name]
    rows = [
        asdict(one) for one in sorted(reported, key=lambda one: one.lead_id)
    ]  # two at once never wait for each other
    statement = insert(OUTCOMES).on_conflict_do_nothing().returning(OUTCOMES.c.lead_id)
    return set(connection.execute(statement, rows).scalars())


def _locked(connection: Connection, lead_ids: Sequence[str]) -> dict[str, Outcome]:
    return _found(connection, lead_ids, is_locked=True)


def _found(connection: Connection, lead_ids: Sequence[str], *, is_locked: bool = False) -> dict[str, Outcome]:
    wanted = select(*_COLUMNS).where(OUTCOMES.c.lead_id.in_(lead_ids)).order_by(OUTCOMES.c.lead_id)
    rows = connection.execute(wanted.with_for_update() if is_locked else wanted).all()
    return {row.lead_id: Outcome(*row) for row in rows}


def _compared(reported: Outcome, stored: Outcome | None, tolerance_ms: int, *, replace: bool) -> Recorded:
    if stored is None:
        return Recorded("new", reported)
    if reported.contradicts(stored, tolerance_ms):
        return Recorded("replaced", reported) if replace else Recorded("contradiction", stored)
    completed = stored.completed_by(reported)
    return Recorded("same" if completed == stored else "completed", completed)


def _update(connection: Connection, outcomes: Iterable[Outcome]) -> None:
    changed = [{"wanted": one.lead_id, **{name: getattr(one, name) for name in STATED}} for one in outcomes]
    if changed:
        values: dict[str, Any] = {name: bindparam(name) for name in STATED}
        connection.execute(update(OUTCOMES).where(OUTCOMES.c.lead_id == bindparam("wanted")).values(values), changed)
