"""Where scores go: a file or a table that is whole or not there, whenever the command is killed."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, inspect, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from features.schema import SCHEMAS
from serving.database import open_engine
from serving.migrations import VERSION_TABLE
from serving.store_tables import METADATA

DEFAULT_TABLE: Final = "scored_leads"
_SUFFIXES: Final = (".csv", ".csv.gz", ".parquet")
_TAKEN: Final = frozenset({*SCHEMAS, *METADATA.tables, VERSION_TABLE})
_ROWS_AT_ONCE: Final = 1_000
_ENCODING: Final = "utf-8-sig"
_BEST_FIRST: Final = [("probability", "descending"), ("score", "descending"), ("lead_id", "ascending")]


class OutputError(ValueError):
    """Scores cannot be written where they are wanted."""


def check_output(out: str) -> None:
    """Raise an OutputError where scores could not be written, before anything is computed."""
    if "://" in out:
        url, table = _database(out)
        if table in _TAKEN:
            raise OutputError(f"the table {table} holds something else; name another behind a #, such as #scored_leads")
        _reporting_connect(url)
        return
    if not out.endswith(_SUFFIXES):
        raise OutputError(f"{out!r} must end with {', '.join(_SUFFIXES)}, or be the URL of a database")
    if not os.access(Path(out).resolve().parent, os.W_OK):
        raise OutputError(f"the folder {Path(out).resolve().parent} is not there or cannot be written")


def write_output(out: str, parts: Iterable[Path], *, best_first: bool) -> None:
    """Write the scores of part files in place of what was there.

    Parameters
    ----------
    out : str
        As ``check_output`` takes it.
    parts : iterable of pathlib.Path
        The part files, in order.
    best_first : bool
        Put the likeliest lead of a file first, as a list of calls wants it, instead of keeping the order.

    Raises
    ------
    OutputError
        Where the disk or the database refuses; what was there before still is.
    """
    try:
        if "://" in out:
            _write_table(out, parts)
        else:
            _write_file(Path(out), _whole(parts, best_first=best_first))
    except (SQLAlchemyError, OSError) as error:
        raise OutputError(f"the scores could not be written: {type(error).__name__}; run the command again") from None


def _whole(parts: Iterable[Path], *, best_first: bool) -> pa.Table:
    whole = pa.concat_tables([pq.read_table(part) for part in parts])
    return whole.sort_by(_BEST_FIRST) if best_first else whole


def _write_file(out: Path, whole: pa.Table) -> None:
    scratch = out.with_name(f".{out.name}.unfinished")
    if out.suffix == ".parquet":
        pq.write_table(whole, scratch)
    else:
        _write_csv(scratch, whole.to_pandas(), is_packed=out.suffix == ".gz")
    with scratch.open("rb") as written:
        os.fsync(written.fileno())
    scratch.replace(out)


def _write_csv(scratch: Path, whole: pd.DataFrame, *, is_packed: bool) -> None:
    # Excel takes UTF-8 for another encoding unless the file begins with a mark.
    packing = {"method": "gzip", "mtime": 0} if is_packed else None
    told = _with_iso_times(whole)
    told.to_csv(scratch, index=False, encoding=_ENCODING, lineterminator="\n", compression=packing)


def _with_iso_times(frame: pd.DataFrame) -> pd.DataFrame:
    times = frame["as_of"].dt.strftime("%Y-%m-%dT%H:%M:%S.%f").str.slice(0, -3)
    return frame.assign(as_of=times.str.removesuffix(".000") + "Z")


def _write_table(out: str, parts: Iterable[Path]) -> None:
    url, table = _database(out)
    engine = open_engine(url)
    scratch = f"{table}_unfinished"
    try:
        with engine.begin() as connection:
            _drop(connection, scratch)
            for part in parts:
                frame = pd.read_parquet(part)
                frame.to_sql(scratch, connection, index=False, if_exists="append", chunksize=_ROWS_AT_ONCE)
            _drop(connection, table)
            quoted = connection.dialect.identifier_preparer.quote
            connection.exec_driver_sql(f"ALTER TABLE {quoted(scratch)} RENAME TO {quoted(table)}")
    finally:
        engine.dispose()


def _drop(connection: Connection, table: str) -> None:
    if inspect(connection).has_table(table):
        connection.exec_driver_sql(f"DROP TABLE {connection.dialect.identifier_preparer.quote(table)}")


def _database(out: str) -> tuple[str, str]:
    url, _, table = out.partition("#")
    return url, table or DEFAULT_TABLE


def _reporting_connect(url: str) -> None:
    try:
        known = make_url(url).get_backend_name() in {"sqlite", "postgresql"}
        if known:
            engine = open_engine(url)
            engine.connect().close()
            engine.dispose()
    except (ArgumentError, ValueError, SQLAlchemyError) as error:
        raise OutputError(f"the database cannot be reached: {type(error).__name__}") from None
    if not known:
        raise OutputError("scores go to SQLite or PostgreSQL: name it like postgresql+psycopg://user@host/name#table")
