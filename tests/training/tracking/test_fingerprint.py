from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.tables import Tables
from training.tracking.fingerprint import fingerprint

TIMES = pd.to_datetime(["2026-01-02T03:04:05.678Z", "NaT", "2026-03-01T00:00:00.000Z"], utc=True)


def activities() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "lead_id": pd.Series(["ann", "bob", "bob"], dtype="str"),
            "type": pd.Series(["call", None, "meeting"], dtype="str"),
            "occurred_at": TIMES.as_unit("ms"),
            "recorded_at": pd.DatetimeIndex([pd.NaT] * 3, dtype="datetime64[ms, UTC]"),
            "value": [1.0, float("nan"), -3.5],
        }
    )


def tables(frame: pd.DataFrame) -> Tables:
    empty = frame.iloc[:0]
    return Tables(empty, empty, empty, frame, empty, empty, empty, frozenset({"activities"}), ())


def content(frame: pd.DataFrame) -> str:
    return fingerprint(tables(frame)).tables["activities"].content


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(3)), st.permutations(range(5)))
def test_order_of_rows_and_columns_changes_nothing(rows: list[int], columns: list[int]) -> None:
    frame = activities()
    assert content(frame.iloc[rows, columns]) == content(frame)


def _swap_two_values(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(value=frame["value"].to_numpy()[::-1])


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.iloc[:2],
        lambda frame: frame.iloc[[0, 1, 2, 2]],
        lambda frame: frame.iloc[[0, 0, 1, 1, 2]],
        lambda frame: frame.iloc[[0, 0, 2]],
        lambda frame: frame.rename(columns={"value": "weight"}),
        lambda frame: frame.assign(value=frame["value"].fillna(0.0)),
        lambda frame: frame.assign(type=frame["type"].fillna("")),
        lambda frame: frame.assign(occurred_at=frame["occurred_at"] + pd.Timedelta(milliseconds=1)),
        _swap_two_values,
    ],
)
def test_any_change_of_rows_gives_another_content(change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    assert content(change(activities())) != content(activities())


def test_fingerprint_is_the_same_in_every_process() -> None:
    # The numbers are fixed here, so that a new version of a library cannot change them unnoticed.
    spans = {"occurred_at": {"first": "2026-01-02T03:04:05.678+00:00", "last": "2026-03-01T00:00:00.000+00:00"}}
    expected = {"rows": 3, "columns": 5, "spans": spans, "content": "ea475674137a14ae"}
    found = fingerprint(tables(activities())).to_json()
    assert found == {"digest": "612cb3d15e49a6de", "tables": {"activities": expected}}


def test_tables_that_the_source_lacks_are_left_out() -> None:
    assert set(fingerprint(tables(activities())).tables) == {"activities"}


def test_empty_table_has_a_fingerprint() -> None:
    table = fingerprint(tables(activities().iloc[:0])).tables["activities"]
    assert (table.rows, table.spans) == (0, {})


def test_rows_beyond_one_block_count(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"value": np.arange(100.0)})
    whole = content(frame)
    monkeypatch.setattr("training.tracking.fingerprint._BLOCK_ROWS", 7)
    assert content(frame) == whole
