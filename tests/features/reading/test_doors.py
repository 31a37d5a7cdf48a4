"""The same data through a folder, a database and frames give the same tables."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Double,
    Engine,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    create_engine,
    text,
)
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeEngine

from features.faults import BadDataError
from features.reading import read_tables
from features.schema import SCHEMAS
from features.tables import Tables

TOKYO = dt.timezone(dt.timedelta(hours=9))

LEADS = pd.DataFrame(
    {
        "lead_id": [3, 7, 9],
        "created_at": [dt.datetime(2024, 1, day, 9, 30, 0, 123_456, tzinfo=TOKYO) for day in (1, 2, 3)],
        "company_id": ["X", None, "X"],
        "job_title": ["部長", 'O\'Neil, "VP"', "two\nlines"],
        "email": ["a@gmail.com", None, "b@acme.co.jp"],
        "outcome": ["won", None, "lost"],
        "closed_at": [dt.datetime(2024, 2, 1, 0, 0, tzinfo=dt.UTC), None, dt.datetime(2024, 2, 2, 0, 0, tzinfo=dt.UTC)],
        "予算": [1.0, 2.5, None],
        "vip": [True, None, False],
    },
    dtype=object,
)
COMPANIES = pd.DataFrame(
    {"company_id": ["X"], "employees": [120], "annual_revenue": [Decimal("1234567.50")]}, dtype=object
)
ACTIVITIES = pd.DataFrame(
    {
        "lead_id": [3, 3, 9],
        "type": ["call", "email_open", "call"],
        "occurred_at": [dt.datetime(2024, 1, day, tzinfo=dt.UTC) for day in (5, 6, 7)],
        "value": [Decimal("3.25"), None, 4],
    },
    dtype=object,
)
FRAMES = {"leads": LEADS, "companies": COMPANIES, "activities": ACTIVITIES}
TYPES: dict[str, TypeEngine[Any]] = {
    "lead_id": Integer(),
    "created_at": DateTime(timezone=True),
    "closed_at": DateTime(timezone=True),
    "occurred_at": DateTime(timezone=True),
    "value": Numeric(),
    "annual_revenue": Numeric(),
    "employees": Integer(),
    "vip": Boolean(),
    "予算": Double(),
}


@pytest.fixture
def expected() -> Tables:
    return Tables.from_frames(time_zone="UTC", **FRAMES)


def _assert_same(tables: Tables, expected: Tables) -> None:
    assert tables.present == expected.present
    for name in SCHEMAS:
        pd.testing.assert_frame_equal(getattr(tables, name), getattr(expected, name))


def _fill(engine: Engine, *, is_typed: bool) -> None:
    """Store the frames as a program would that writes times as text where the database has no type for them."""
    types = (
        TYPES if is_typed else {name: kind for name, kind in TYPES.items() if not isinstance(kind, DateTime | Numeric)}
    )
    with engine.begin() as connection:
        for table, frame in FRAMES.items():
            columns = [Column(str(name), types.get(str(name), Text())) for name in frame.columns]
            stored = Table(table, MetaData(), *columns)
            stored.create(connection)
            rows = (
                frame
                if is_typed
                else frame.map(lambda cell: str(cell) if isinstance(cell, dt.datetime | Decimal) else cell)
            )
            records = [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]
            connection.execute(stored.insert(), records[::-1])


@pytest.fixture
def postgres(postgres_url: str) -> str:
    """The frames in a database of their own."""
    _fill(create_engine(postgres_url, poolclass=NullPool), is_typed=True)
    return postgres_url


def _change(address: str, statement: str) -> None:
    with create_engine(address, poolclass=NullPool).begin() as connection:
        connection.execute(text(statement))


def test_csv_equals_frames(tmp_path: Path, expected: Tables) -> None:
    for name, frame in FRAMES.items():
        cells = frame.map(lambda cell: str(cell).lower() if isinstance(cell, bool) else cell)
        cells.to_csv(tmp_path / f"{name}.csv.gz", index=False)
    tables = read_tables(str(tmp_path))
    assert tables.leads["予算"].fillna("").tolist() == ["1.0", "2.5", ""]  # the text that the file holds
    tables.leads["予算"] = expected.leads["予算"]
    _assert_same(tables, expected)


@pytest.mark.parametrize("unit", ["us", "ns"])
def test_parquet_equals_frames(unit: str, tmp_path: Path, expected: Tables) -> None:
    for name, frame in FRAMES.items():
        arrays = [_native(column.map(_in_utc).tolist(), unit) for _, column in frame.items()]
        pq.write_table(pa.table(arrays, names=list(frame.columns)), tmp_path / f"{name}.parquet")
    _assert_same(read_tables(str(tmp_path)), expected)


def _in_utc(cell: object) -> object:
    return cell.astimezone(dt.UTC) if isinstance(cell, dt.datetime) else cell


def _native(values: list[Any], unit: str) -> pa.Array:
    cells = pa.array([None if pd.isna(value) else value for value in values])
    if pa.types.is_timestamp(cells.type):
        return cells.cast(pa.timestamp(unit, "Asia/Tokyo"))
    return cells.dictionary_encode() if pa.types.is_string(cells.type) else cells


def test_typed_frames_equal_frames_of_objects(expected: Tables) -> None:
    typed = {name: frame.infer_objects().convert_dtypes() for name, frame in FRAMES.items()}
    typed["activities"] = typed["activities"].assign(type=typed["activities"]["type"].astype("category"))
    _assert_same(Tables.from_frames(time_zone="UTC", **typed), expected)


def test_validated_frames_validate_to_themselves(expected: Tables) -> None:
    again = Tables.from_frames(time_zone="UTC", **{name: getattr(expected, name) for name in expected.present})
    _assert_same(again, expected)


def test_sqlite_equals_frames(tmp_path: Path, expected: Tables) -> None:
    url = f"sqlite:///{tmp_path / 'crm.db'}"
    _fill(create_engine(url, poolclass=NullPool), is_typed=False)
    tables = read_tables(url)
    assert tables.leads["vip"].fillna("").tolist() == ["1", "", "0"]  # SQLite has no boolean type
    tables.leads["vip"] = expected.leads["vip"]
    _assert_same(tables, expected)


def test_postgresql_equals_frames(postgres: str, expected: Tables) -> None:
    _assert_same(read_tables(postgres), expected)


def test_view_of_a_database_is_read_as_a_table(postgres: str) -> None:
    _change(postgres, "CREATE VIEW deals AS SELECT 1 AS deal_id, 3 AS lead_id, now() AS created_at")
    assert read_tables(postgres).deals["lead_id"].tolist() == ["3"]


def test_database_time_that_python_cannot_hold_is_told_by_table(postgres: str) -> None:
    _change(postgres, "UPDATE activities SET occurred_at = 'infinity'")
    with pytest.raises(BadDataError, match=r"activities: the table can be read.*infinity"):
        read_tables(postgres)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////no/such/place/crm.db", r"the database can be reached; found no such file"),
        ("postgresql+psycopg://u:secret@127.0.0.1:1/crm?connect_timeout=2", r"u:\*\*\*@127\.0\.0\.1:1/crm: .*reached"),
        ("postgresql+psycopg://u@127.0.0.1:1/crm?password=secret&connect_timeout=2", r"reached"),
        ("nonesuch://u:secret@host/crm", r"nonesuch://\.\.\.: the source is the URL of a database"),
        ("postgresql+psycopg://u:se@cret:secret@host:x1/crm", r"the source is the URL of a database"),
    ],
)
def test_database_out_of_reach_is_told_without_secrets(url: str, told: str) -> None:
    with pytest.raises(BadDataError, match=told) as caught:
        read_tables(url)
    assert "secret" not in str(caught.value)
    assert len(caught.value.faults) == 1


def test_misspelt_database_file_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(BadDataError, match=r"no such file"):
        read_tables(f"sqlite:///{tmp_path / 'crn.db'}")
    assert list(tmp_path.iterdir()) == []


def test_unknown_frame_is_told_with_the_table_meant() -> None:
    with pytest.raises(BadDataError, match=r"activites: .*Did you mean activities\?"):
        Tables.from_frames(leads=LEADS, activites=ACTIVITIES)


def test_faults_of_frames_count_rows_from_one() -> None:
    with pytest.raises(BadDataError, match=r"leads\.created_at: .*first in row 2"):
        Tables.from_frames(leads=LEADS.assign(created_at=["2024-01-01", "soon", "2024-01-01"]))


def test_list_valued_custom_field_is_left_out_with_a_warning() -> None:
    leads = pd.DataFrame({"lead_id": ["A"], "created_at": ["2024-01-01"]})
    leads["tags"] = pd.Series([["x"]], dtype=pd.ArrowDtype(pa.list_(pa.string())))
    tables = Tables.from_frames(leads=leads)
    assert "tags" not in tables.leads
    assert [warning.column for warning in tables.warnings] == ["tags"]


@pytest.mark.parametrize(
    "odd",
    [
        pd.Series([1 + 2j]),
        pd.Series(pd.period_range("2024", periods=1)),
        pd.Series(pd.to_timedelta([1])),
        pd.Series(pd.interval_range(0, 1)),
        pd.Series([1], dtype="Sparse[int]"),
        pd.Series([{"a": [1]}]),
        pd.Series(["\ud800"], dtype=object),
        pd.Series([2**64 - 1], dtype="uint64"),
    ],
)
@pytest.mark.parametrize("name", ["lead_id", "created_at", "outcome", "custom"])
def test_odd_dtype_reads_or_is_told(odd: pd.Series, name: str) -> None:
    leads = pd.DataFrame({"lead_id": ["A"], "created_at": ["2024-01-01"], name: odd})
    assert _faulty_columns(leads) <= {name}


def _faulty_columns(leads: pd.DataFrame) -> set[str | None]:
    try:
        return {warning.column for warning in Tables.from_frames(leads=leads).warnings}
    except BadDataError as error:
        return {fault.column for fault in error.faults}
