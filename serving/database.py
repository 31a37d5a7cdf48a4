"""Databases that the service writes to: SQLite, or PostgreSQL."""

from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, make_url

CONNECT_SECONDS: Final = 5
_MARK_LENGTH: Final = 12
_NETWORK: Final = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""A server that is gone without a word is noticed within seconds, not after the quarter of an hour of TCP's own."""


def open_engine(url: str, *, is_durable: bool = False) -> Engine:
    """Return the engine of a database; nothing is opened yet. Its errors do not quote what was to be written.

    Parameters
    ----------
    url : str
        As SQLAlchemy takes it.
    is_durable : bool
        Whether a commit to SQLite waits for the disk: what was committed then outlives a loss of power, too.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": CONNECT_SECONDS})
        event.listen(engine, "connect", _prepare_durable_sqlite if is_durable else _prepare_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        return engine
    return create_engine(parsed, hide_parameters=True, pool_pre_ping=True, connect_args=dict(_NETWORK))


def database_mark(url: str) -> str:
    """Return what tells a database from others on whatever server it is: a restored one is the same."""
    parsed = make_url(url)
    name = parsed.database or ""
    place = str(Path(name).resolve()) if name and parsed.get_backend_name() == "sqlite" else name
    told = (parsed.get_backend_name(), place, parsed.query.get("options"))
    return sha256(repr(told).encode()).hexdigest()[:_MARK_LENGTH]


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Let readers and the writer work at once, and a migration be all or nothing, which Python's driver does not."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")


def _prepare_durable_sqlite(connection: Any, about: object) -> None:
    _prepare_sqlite(connection, about)
    connection.execute("PRAGMA synchronous = FULL")
