"""Databases that the service writes to: SQLite, or PostgreSQL."""

from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, make_url

CONNECT_SECONDS: Final = 5


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
    return create_engine(
        parsed, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS}
    )


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Let readers and the writer work at once, and a migration be all or nothing, which Python's driver does not."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")


def _prepare_durable_sqlite(connection: Any, about: object) -> None:
    _prepare_sqlite(connection, about)
    connection.execute("PRAGMA synchronous = FULL")
