"""Rows by owner, against a stable sort."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from features.arrays import IntArray
from features.owner_order import owner_order

OWNED = st.lists(st.tuples(st.integers(0, 8), st.integers(-(2**62), 2**62)), max_size=40)


@given(OWNED)
def test_rows_stand_by_owner_in_the_order_in_which_they_came(rows: list[tuple[int, int]]) -> None:
    owner, values = _arrays(rows)
    ordered, expected = owner_order(owner, values), np.argsort(owner, kind="stable")
    assert ordered.rows.tolist() == expected.tolist()
    assert np.repeat(np.arange(len(ordered.starts) - 1), np.diff(ordered.starts)).tolist() == owner[expected].tolist()
    assert ordered.values.tolist() == values[expected].tolist()


@given(OWNED)
def test_number_of_each_owner_is_added_to_its_values(rows: list[tuple[int, int]]) -> None:
    owner, values = _arrays(rows)
    of_owner = np.arange(10, dtype=np.int64) * 1_000
    ordered = owner_order(owner, values)
    ordered.add_to_values(of_owner[: len(ordered.starts) - 1])
    assert ordered.values.tolist() == (values + of_owner[owner])[owner.argsort(kind="stable")].tolist()


def _arrays(rows: list[tuple[int, int]]) -> tuple[IntArray, IntArray]:
    owner, values = (np.array([row[column] for row in rows], dtype=np.int64) for column in range(2))
    return owner, values
