"""Counts that share a word, against counts of their own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.running_counts import RunningCounts


@given(st.integers(1, 9), st.lists(st.integers(0, 2**9 - 1), max_size=20))
def test_counts_equal_plain_sums(rows: int, events: list[int]) -> None:
    wanted = np.array([[event >> row & 1 for event in events] for row in range(rows)], dtype=np.bool_)
    places = np.arange(len(events) + 1)
    expected = [[int(row[:place].sum()) for place in places] for row in wanted]
    assert RunningCounts(wanted).before(places).tolist() == expected


@pytest.mark.parametrize("events", [2**16 - 1, 2**16])
def test_no_count_runs_over_into_the_next(events: int) -> None:
    wanted = np.ones((5, events), dtype=np.bool_)
    wanted[1] = False
    assert RunningCounts(wanted).before(np.array([0, -1])).tolist() == [[0, events * (row != 1)] for row in range(5)]
