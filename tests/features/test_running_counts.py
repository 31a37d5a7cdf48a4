"""Counts that share a word, against counts of their own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.running_counts import Choices, RunningCounts


@given(st.integers(1, 9), st.lists(st.integers(0, 2**9 - 1), max_size=20), st.data())
def test_counts_equal_plain_sums(rows: int, kinds: list[int], data: st.DataObject) -> None:
    choices = np.array([[kind >> row & 1 for kind in kinds] + [False] for row in range(rows)], dtype=np.bool_)
    events = data.draw(st.lists(st.integers(-1, len(kinds) - 1), max_size=20))
    places = np.arange(len(events) + 1)
    expected = [[int(row[events[:place]].sum()) for place in places] for row in choices]
    running = RunningCounts(Choices(choices), np.array(events, dtype=np.int64))
    assert running.counts(running.before(places)).tolist() == expected


@pytest.mark.parametrize("events", [2**16 - 1, 2**16])
def test_no_count_runs_over_into_the_next(events: int) -> None:
    choices = np.array([[True], [False], [True], [True], [True]])
    running = RunningCounts(Choices(choices), np.zeros(events, dtype=np.int64))
    counts = running.counts(running.before(np.array([0, events])))
    assert counts.tolist() == [[0, events * (row != 1)] for row in range(5)]


@given(st.lists(st.booleans(), min_size=2, max_size=30), st.data())
def test_counts_between_two_places_equal_plain_sums(wanted: list[bool], data: st.DataObject) -> None:
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(wanted))] * 2)))
    running = RunningCounts(Choices(np.array([[False, True]])), np.array(wanted, dtype=np.int64))
    words = running.before(np.array([last])) - running.before(np.array([first]))
    assert running.counts(words).tolist() == [[sum(wanted[first:last])]]
