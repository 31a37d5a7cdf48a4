"""The rows of one request against the same rows as validated tables."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from features.compute import compute
from features.instant import to_ms
from features.lead_source import LeadSource, Rows
from features.records import Records
from features.schema import SCHEMAS
from features.snapshots import Snapshots
from features.tables import Tables
from tests.features.small_source import small_source

ROWS = tuple(range(0, 500, 7))
NAMES = small_source().spec.names


def _tables(lead_id: str) -> Tables:
    """Return a lead's rows alone, with its company and without its colleagues."""
    frames = small_source().frames
    kept = {name: frame[frame["lead_id"] == lead_id] for name, frame in frames.items() if name != "companies"}
    of_company = frames["companies"]["company_id"].isin(kept["leads"]["company_id"])
    return Tables.from_frames(time_zone="UTC", **kept, companies=frames["companies"][of_company])


def _rows(tables: Tables) -> dict[str, Rows]:
    return {table: _plain(getattr(tables, table)) for table in SCHEMAS if table in tables.present}


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {str(name): _column(frame[name]) for name in frame}
    return [
        {name: values[row] for name, values in columns.items() if values[row] is not None} for row in range(len(frame))
    ]


def _column(column: pd.Series) -> list[Any]:
    """Return plain values, times in milliseconds, None where missing."""
    values = to_ms(column).tolist() if isinstance(column.dtype, pd.DatetimeTZDtype) else column.tolist()
    return [None if missing else value for value, missing in zip(values, column.isna(), strict=True)]


def _computed(records: Records, as_of_ms: int) -> list[bytes]:
    snapshot = Snapshots(np.zeros(1, dtype=np.int64), np.array([as_of_ms]))
    return [value.tobytes() for value in compute(small_source().spec, records, snapshot).values[0]]


@pytest.mark.parametrize("row", ROWS)
def test_features_of_a_request_equal_those_of_its_tables_bit_for_bit(row: int) -> None:
    snapshot = small_source().snapshots.iloc[row]
    tables = _tables(snapshot["lead_id"])
    of_request = _computed(Records(LeadSource(_rows(tables))), int(snapshot["as_of_ms"]))
    of_tables = _computed(Records.of(tables), int(snapshot["as_of_ms"]))
    assert [name for name, a, b in zip(NAMES, of_request, of_tables, strict=True) if a != b] == []
