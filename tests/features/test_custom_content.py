"""What a custom column holds is told from its values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.custom_content import IDENTIFIER, NO_VALUE, ONE_VALUE, Content, content_of, dates, flags, numbers
from features.instant import MISSING_MS
from features.text_column import text_column
from features.wording import Wording

ROWS = 400


def _content(values: list[str | None]) -> Content | Wording:
    return content_of(text_column(pd.Series(values, dtype="str")))


def _cycled(*values: str | None) -> list[str | None]:
    return [values[row % len(values)] for row in range(ROWS)]


@pytest.mark.parametrize(
    ("values", "content"),
    [
        (_cycled("yes", "no"), "flag"),
        (_cycled("はい", "いいえ", None), "flag"),
        (_cycled("0", "1"), "flag"),
        ([str(row) for row in range(ROWS)], "number"),
        ([f"{row * 1000:,}" for row in range(ROWS)], "number"),
        ([str(5_000_000 + row * 25_000) for row in range(ROWS)], "number"),
        ([str(row**3) for row in range(ROWS)], "number"),
        ([f"0901234{row:04}" for row in range(ROWS)], IDENTIFIER),
        ([f"+8190123{row:04}" for row in range(ROWS)], IDENTIFIER),
        ([str(9_012_345_000 + row * 7) for row in range(ROWS)], IDENTIFIER),
        (_cycled("1.5", "-2", "1e3", None), "number"),
        ([f"2025-01-{row % 28 + 1:02}" for row in range(ROWS)], "date"),
        (_cycled("2025-01-01T09:00:00+09:00", "2025-02-01 10:00"), "date"),
        (_cycled("gold", "silver", "bronze"), "category"),
        (_cycled("gold", None), "category"),
        ([f"asks how the import of file {row} works" for row in range(ROWS)], "text"),
        ([f"v{row}" for row in range(100_000)], IDENTIFIER),
        (_cycled("same"), ONE_VALUE),
        (_cycled(None), NO_VALUE),
    ],
)
def test_content_is_told_from_the_values(values: list[str | None], content: Content | Wording) -> None:
    assert _content(values) == content


def test_one_slip_does_not_turn_numbers_into_categories() -> None:
    assert _content(["n/a", *(str(row) for row in range(ROWS))]) == "number"


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_numbers_are_read_as_written(written: list[float]) -> None:
    np.testing.assert_array_equal(numbers(tuple(map(repr, written))), written)


@given(st.lists(st.text(), min_size=1))
def test_any_text_is_read_as_number_flag_or_date_without_failing(texts: list[str]) -> None:
    values = tuple(texts)
    assert len(numbers(values)) == len(flags(values)) == len(dates(values)) == len(values)
    assert not np.isinf(numbers(values)).any()


def test_infinity_and_nonsense_are_no_numbers() -> None:
    assert np.isnan(numbers(("inf", "-inf", "Infinity", "nan", "many"))).all()


def test_date_that_is_none_is_missing() -> None:
    assert dates(("2025-02-30", "soon")).tolist() == [MISSING_MS, MISSING_MS]
