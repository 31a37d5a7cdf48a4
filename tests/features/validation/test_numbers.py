import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.validation.numbers import parse_numbers
from features.validation.text import as_text, text_of


@given(numbers=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_text_of_a_number_reads_as_the_number(numbers: list[float]) -> None:
    values, wrong = parse_numbers(pa.chunked_array([[f" {number!r}" for number in numbers]]))
    np.testing.assert_array_equal(values, numbers)
    assert not wrong.any()


@pytest.mark.parametrize("text", ["", " ", "NaN", "nan", "NULL", "None", "N/A", "#N/A", "<NA>"])
def test_spelling_of_nothing_is_missing(text: str) -> None:
    values, wrong = parse_numbers(pa.chunked_array([[text, "+1.", ".5"]]))
    np.testing.assert_array_equal(values, [np.nan, 1, 0.5])
    assert not wrong.any()


@pytest.mark.parametrize("text", ["inf", "-Infinity", "1e999", "1,000", "12 %", "1_0", "0x10", "３", "¥5", "true"])
def test_anything_else_is_wrong(text: str) -> None:
    values, wrong = parse_numbers(pa.chunked_array([["1", text]]))
    np.testing.assert_array_equal(values, [1, np.nan])
    assert wrong.tolist() == [False, True]


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (pa.array([1, None], pa.int8()), [1, np.nan]),
        (pa.array([1.5, np.nan, None], pa.float32()), [1.5, np.nan, np.nan]),
        (pa.array([Decimal("1.25")]), [1.25]),
        (pa.array([True, False]), [1, 0]),
        (pa.array(["2.5", None]).dictionary_encode(), [2.5, np.nan]),
        (pa.nulls(2), [np.nan, np.nan]),
    ],
)
def test_native_numbers_are_taken_as_they_are(cells: pa.Array, numbers: list[float]) -> None:
    values, wrong = parse_numbers(pa.chunked_array([cells]))
    np.testing.assert_array_equal(values, numbers)
    assert not wrong.any()


def test_native_infinity_is_wrong() -> None:
    assert parse_numbers(pa.chunked_array([[1.0, float("inf")]]))[1].tolist() == [False, True]


@given(numbers=st.lists(st.one_of(st.none(), st.integers(-(2**53), 2**53).map(float), st.just(0.5)), min_size=1))
def test_floats_have_one_text_from_arrow_and_from_python(numbers: list[float | None]) -> None:
    arrow = as_text(pa.chunked_array([pa.array(numbers, pa.float64())])).to_pylist()
    assert arrow == [text_of(number) for number in numbers]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *(
            (None, None),
            (float("nan"), None),
            (np.float64(3), "3"),
            (np.ones(1, dtype=np.bool_)[0], "true"),
            (2**60, str(2**60)),
        ),
        *((dt.date(2024, 1, 2), "2024-01-02"), (Decimal("1.50"), "1.50"), (np.str_("x"), "x"), (float("inf"), "inf")),
    ],
)
def test_python_value_has_a_plain_text(value: object, text: str | None) -> None:
    assert text_of(value) == text
