"""Rows by owner, against a stable sort."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from features.owner_order import owner_order


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(-(2**62), 2**62)), max_size=40))
def test_rows_stand_by_owner_in_the_order_in_which_they_came(rows: list[tuple[int, int]]) -> None:
    owner, values = (np.array([row[column] for row in rows], dtype=np.int64) for column in range(2))
    ordered, expected = owner_order(owner, values), np.argsort(owner, kind="stable")
    assert ordered.rows.tolist() == expected.tolist()
    assert ordered.owner.tolist() == owner[expected].tolist()
    assert ordered.values.tolist() == values[expected].tolist()
