import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from features.arrays import FloatArray
from models.column_checks import places_equal, shares_above

ROWS = arrays(
    np.float64,
    st.tuples(st.integers(0, 6), st.just(5)),
    elements=st.sampled_from([0.0, -0.0, 1.0, 2.0, -1.0, math.nan, math.inf, -math.inf]),
)
COLUMNS, NUMBERS = np.array([4, 0, 1]), np.array([0.0, -math.inf, 2.0])


@settings(deadline=None)
@given(ROWS)
def test_share_above_is_that_of_the_columns_above_their_bound(values: FloatArray) -> None:
    shares = np.empty(len(values))
    shares_above(np.asfortranarray(values), COLUMNS, NUMBERS, shares)
    np.testing.assert_array_equal(shares, (values[:, COLUMNS] > NUMBERS).sum(axis=1) / 3)


def test_all_is_known_where_nothing_is_asked() -> None:
    shares = np.empty(2)
    shares_above(np.zeros((2, 5)), COLUMNS[:0], NUMBERS[:0], shares)
    assert shares.tolist() == [1.0, 1.0]


@settings(deadline=None)
@given(ROWS)
def test_places_equal_are_those_where_a_value_is_its_columns_code(values: FloatArray) -> None:
    expected = np.argwhere(values[:, COLUMNS] == NUMBERS)
    assert places_equal(np.asfortranarray(values), COLUMNS, NUMBERS) == [tuple(place) for place in expected.tolist()]


@pytest.mark.parametrize("column", [-1, 5])
def test_column_that_is_not_there_is_refused(column: int) -> None:
    with pytest.raises(ValueError, match=f"a row has 5 columns, found {column}"):
        places_equal(np.zeros((1, 5)), np.array([column]), np.zeros(1))


def test_column_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="3 columns need a number each, found 2"):
        places_equal(np.zeros((1, 5)), COLUMNS, NUMBERS[:2])
    with pytest.raises(ValueError, match="1 rows have as many shares, found 2"):
        shares_above(np.zeros((1, 5)), COLUMNS, NUMBERS, np.empty(2))
