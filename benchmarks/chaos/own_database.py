"""A database of one's own on the PostgreSQL server of this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import uuid4

from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

VARIABLE: Final = "LEADS_TEST_POSTGRES_URL"
_SERVER: Final = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"


@contextmanager
def own_database() -> Iterator[URL]:
    """Make a database, give its address, and drop it at the end, whoever is still connected."""
    server = make_url(os.environ.get(VARIABLE, _SERVER))
    engine, name = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT"), f"chaos_{uuid4().hex}"
    try:
        _run(engine, f'CREATE DATABASE "{name}"')
    except OperationalError as error:
        raise SystemExit(f"no PostgreSQL at {VARIABLE}: start one, or set it. {error.orig}") from None
    try:
        yield server.set(database=name)
    finally:
        _run(engine, f'DROP DATABASE "{name}" WITH (FORCE)')


def address(url: URL) -> str:
    """Return an address with its password, as the service takes it."""
    return url.render_as_string(hide_password=False)


def _run(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.execute(text(statement))
