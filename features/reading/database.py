"""A database with one table or view a canonical table."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyarrow as pa
from sqlalchemy import Connection, column, create_engine, inspect, select, table
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from features.reading.fetched import Fetched
from features.schema import SCHEMAS
from features.validation import RawTable, text_of

Wanted: TypeAlias = Callable[[Sequence[str]], Iterable[str]]
_ROWS_AT_ONCE: Final = 50_000
_CONNECTS: Final = "the database can be reached"


def _canonical(names: Sequence[str]) -> Iterable[str]:
    return [name for name in SCHEMAS if name in names]


def fetch_database(address: str, wanted: Wanted = _canonical) -> Fetched:
    """Fetch tables of a database, views included; those that are not wanted are left alone.

    Parameters
    ----------
    address : str
        An SQLAlchemy URL.
    wanted : callable
        Picks the tables from the names of all; the canonical ones if not given.
    """
    try:
        url = make_url(address)
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        place = f"{address.partition('://')[0]}://..."
        remedy = "Give one such as postgresql+psycopg://user:password@host/name or sqlite:///file."
        return Fetched.failed(place, "the source is the URL of a database that is supported", "another", remedy)
    try:
        return _missing_file(url) or _fetch_all(engine, wanted)
    finally:
        engine.dispose()


def shown(url: URL) -> str:
    """Return a URL without what must not be told: the password, and options, which may hold one."""
    return url.set(query={}).render_as_string(hide_password=True)


def _missing_file(url: URL) -> Fetched | None:
    """Stop before SQLite makes an empty database of a slip in its name."""
    name = url.database
    if url.get_backend_name() != "sqlite" or not name or name.startswith((":memory:", "file:")) or Path(name).is_file():
        return None
    return Fetched.failed(shown(url), _CONNECTS, "no such file", "Check the path of the database.")


def _fetch_all(engine: Engine, wanted: Wanted) -> Fetched:
    try:
        with engine.connect() as connection:
            return _fetch_tables(connection, wanted)
    except SQLAlchemyError as error:
        remedy = "Check host, name, user and password, and that the server is up."
        return Fetched.failed(shown(engine.url), _CONNECTS, _reason(error, engine.url), remedy)


def _reason(error: SQLAlchemyError, url: URL) -> str:
    """Tell what the driver said, unless it quotes a secret of the URL."""
    cause = getattr(error, "orig", None) or error
    said = " ".join(str(cause).split())
    secrets = [str(secret) for secret in (url.password, *url.query.values()) if secret]
    return type(cause).__name__ if any(secret in said for secret in secrets) else f"{type(cause).__name__}: {said}"


def _fetch_tables(connection: Connection, wanted: Wanted) -> Fetched:
    inspector = inspect(connection)
    fetched = Fetched()
    for name in wanted([*inspector.get_table_names(), *inspector.get_view_names()]):
        columns = [described["name"] for described in inspector.get_columns(name)]
        fetched.add(_fetch_table(connection, name, columns))
    return fetched


def _fetch_table(connection: Connection, name: str, columns: Sequence[str]) -> Fetched:
    try:
        return Fetched([RawTable(name, _cells(connection, name, columns), first_row=1)])
    except SQLAlchemyError as error:
        connection.rollback()
        kind = type(getattr(error, "orig", None) or error).__name__  # its words may quote the data
        remedy = "Check permissions, the encoding, and times such as infinity."
        return Fetched.failed(name, "the table can be read", kind, remedy)


def _cells(connection: Connection, name: str, columns: Sequence[str]) -> pa.Table:
    """Read the columns with the types that the driver gives, in an order that does not depend on the database."""
    query = select(table(name, *map(column, columns))).order_by(*map(column, _order(name, columns)))
    result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query)
    schema = pa.schema([(name, pa.large_string()) for name in columns])
    return pa.Table.from_batches([_batch(rows, schema) for rows in result.partitions()], schema)


def _order(name: str, columns: Sequence[str]) -> list[str]:
    """Return the columns that rows are put in order by: the required ones, else the first, which holds the id."""
    declared = SCHEMAS[name].columns if name in SCHEMAS else {}
    required = [column for column in columns if column in declared and declared[column].required]
    return required or list(columns[:1])


def _batch(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays(
        [pa.array([text_of(value) for value in column], pa.large_string()) for column in columns], schema=schema
    )
