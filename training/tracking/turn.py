"""One after the other: who changes what the aliases stand for does it alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy

from training.tracking.store_database import CONNECT_SECONDS
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import TrackingError

WAIT_SECONDS: Final = 60
_FILE: Final = "aliases.lock"
_KEY: Final = 7_202_118_441_906_307
"""Any number will do, as long as nothing else in the database takes its turns by the same."""
_TRIED: Final = "wait for another promotion to end"
_NEXT_STEP: Final = "The champion is as it was: try again when no other training or promotion is under way."


@contextmanager
def my_turn(location: StoreLocation) -> Iterator[None]:
    """Wait until nobody else of the same store has a turn, and keep others waiting until this one ends.

    MLflow cannot change an alias only if it still stands for what it stood for. Beside a SQLite store lies a second
    SQLite file whose only use is its lock; in PostgreSQL an advisory lock does the same. Both are given up by the
    system when a process is killed. A server of MLflow offers nothing like it: there, of two that name a champion
    within milliseconds the later one stays.

    Raises
    ------
    TrackingError
        Where the turn does not come within a minute.
    """
    if location.database is not None:
        with _file_turn(location, location.database.with_name(_FILE)):
            yield
    elif location.uri.startswith("postgresql"):
        with _postgres_turn(location):
            yield
    else:
        yield


@contextmanager
def _file_turn(location: StoreLocation, file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)) as lock:
        try:
            lock.execute("begin exclusive")
        except sqlite3.Error as error:
            raise TrackingError(_TRIED, location.uri, f"{type(error).__name__}: {error}", _NEXT_STEP) from None
        yield


@contextmanager
def _postgres_turn(location: StoreLocation) -> Iterator[None]:
    engine = sqlalchemy.create_engine(location.uri, connect_args={"connect_timeout": CONNECT_SECONDS})
    try:
        with engine.connect() as lock:
            try:
                lock.execute(sqlalchemy.text(f"set lock_timeout = '{WAIT_SECONDS}s'"))
                lock.execute(sqlalchemy.text("select pg_advisory_xact_lock(:key)"), {"key": _KEY})
            except sqlalchemy.exc.SQLAlchemyError as error:
                raise TrackingError(_TRIED, location.uri, type(error).__name__, _NEXT_STEP) from None
            yield
    finally:
        engine.dispose()
