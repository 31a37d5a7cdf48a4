"""Every way of writing a time leads to the same time."""

from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.importing.clock_text import clock_text
from features.importing.mapping import DateOrder

FIRST: Final = pd.Timestamp("1960-01-01")
DAYS: Final = 47_000
times = st.integers(0, DAYS * 86_400).map(lambda seconds: FIRST + pd.Timedelta(seconds=seconds))
dates = st.integers(0, DAYS).map(lambda days: (FIRST + pd.Timedelta(days=days)).date())

WAYS: dict[str, tuple[Callable[[pd.Timestamp], str], DateOrder, bool]] = {
    "year first": (lambda time: f"{time.year}/{time.month}/{time.day} {time.hour}:{time:%M:%S}", "unsaid", False),
    "Japanese": (lambda time: f"{time.year}年{time.month}月{time.day}日 {time.hour}:{time:%M:%S}", "unsaid", False),
    "German": (lambda time: f"{time:%d.%m.%Y %H:%M:%S}", "unsaid", False),
    "British": (lambda time: f"{time:%d/%m/%Y %H:%M:%S}", "day first", False),
    "American": (lambda time: f"{time.month}/{time.day}/{time.year} {time:%I:%M:%S %p}", "month first", False),
    "spreadsheet": (lambda time: repr((time - pd.Timestamp("1899-12-30")) / pd.Timedelta(days=1)), "unsaid", True),
}


@pytest.mark.parametrize("way", WAYS)
@given(written=st.lists(times, min_size=1, max_size=5))
def test_time_is_read_as_it_was_written(way: str, written: list[pd.Timestamp]) -> None:
    spell, order, excel = WAYS[way]
    cells = pa.array([spell(time) for time in written], pa.large_string())
    read = clock_text(cells, order, excel=excel, end_of_day=False)
    found = [pd.Timestamp(text) for text in read.text.to_pylist()]
    assert found == written
    assert not read.ambiguous.any()


@given(st.lists(dates, min_size=1))
def test_order_of_day_and_month_is_taken_from_a_column_that_leaves_no_doubt(days: list[date]) -> None:
    cells = pa.array([f"{day.day}/{day.month}/{day.year}" for day in days], pa.large_string())
    read = clock_text(cells, "unsaid", excel=False, end_of_day=False)
    if any(day.day > 12 for day in days):
        assert read.text.to_pylist() == [day.isoformat() for day in days]
    else:
        assert read.ambiguous.all()


@given(st.lists(st.integers(25_569, 60_000).map(str), min_size=1), st.sampled_from(["2024-01-01", "soon"]))
def test_numbers_beside_other_times_are_not_taken_for_days(numbers: list[str], other: str) -> None:
    alone = clock_text(pa.array(numbers, pa.large_string()), "unsaid", excel=False, end_of_day=False)
    beside = clock_text(pa.array([*numbers, other], pa.large_string()), "unsaid", excel=False, end_of_day=False)
    assert not alone.serial.any()
    assert beside.serial.tolist() == [True] * len(numbers) + [False]


@given(st.lists(st.none() | st.text(max_size=12), max_size=5))
def test_what_is_no_time_stays_as_it_was(cells: list[str | None]) -> None:
    text = pa.array([None if cell is None else f"x{cell}" for cell in cells], pa.large_string())
    read = clock_text(text, "day first", excel=True, end_of_day=True)
    assert read.text.equals(text)
    assert not np.any(read.days)
