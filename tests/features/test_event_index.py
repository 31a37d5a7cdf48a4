"""The event index against a plain loop."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.arrays import IntArray
from features.event_index import EventIndex, build_event_index
from features.instant import MISSING_MS

INSTANTS = st.integers(min_value=-3, max_value=12)
OWNERS = st.integers(min_value=-1, max_value=4)


@dataclass(frozen=True)
class Event:
    owner: int
    occurred: int
    known: int
    kind: int

    def visible(self, owner: int, as_of: int) -> bool:
        return self.owner == owner >= 0 and self.known < as_of


EVENTS = st.lists(
    st.builds(
        lambda owner, occurred, delay, kind: Event(owner, occurred, occurred + delay, kind),
        OWNERS,
        INSTANTS,
        st.integers(0, 5),
        st.integers(-1, 2),
    ),
    max_size=40,
)
QUESTIONS = st.lists(st.tuples(OWNERS, INSTANTS), min_size=1, max_size=20)


def _array(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _index(events: list[Event]) -> EventIndex:
    return build_event_index(
        _array([event.owner for event in events]),
        _array([event.known for event in events]),
        _array([event.occurred for event in events]),
    )


def _asked(questions: list[tuple[int, int]]) -> tuple[IntArray, IntArray]:
    return _array([owner for owner, _ in questions]), _array([as_of for _, as_of in questions])


@given(EVENTS, QUESTIONS)
def test_counts_equal_those_of_a_plain_loop(events: list[Event], questions: list[tuple[int, int]]) -> None:
    index, (owner, as_of) = _index(events), _asked(questions)
    counted = index.position(owner, as_of) - index.start(owner)
    assert counted.tolist() == [sum(event.visible(o, t) for event in events) for o, t in questions]


@given(EVENTS)
def test_latest_of_some_events_equals_that_of_a_plain_loop(events: list[Event]) -> None:
    index = _index(events)
    behind = [events[row] for row in index.rows]
    wanted = [event for event in behind if event.kind == 1]
    latest = [
        max(other.occurred for other in wanted[: place + 1] if other.owner == event.owner)
        for place, event in enumerate(wanted)
    ]
    keys = index.latest(np.flatnonzero([event.kind == 1 for event in behind]))
    assert keys.tolist() == index.key(_array([event.owner for event in wanted]), _array(latest)).tolist()


@given(EVENTS)
def test_first_of_each_kind_is_marked_once(events: list[Event]) -> None:
    index = _index(events)
    behind = [events[row] for row in index.rows]
    pairs = [(event.owner, event.kind) for event in behind]
    first = [
        event.kind >= 0 and pairs.index(pair) == place
        for place, (event, pair) in enumerate(zip(behind, pairs, strict=True))
    ]
    assert index.firsts(_array([event.kind for event in behind])).tolist() == first


@given(EVENTS, st.sets(OWNERS, min_size=1), QUESTIONS)
def test_index_of_some_owners_answers_like_the_whole(
    events: list[Event], owners: set[int], questions: list[tuple[int, int]]
) -> None:
    whole, some = _index(events), _index(events).of(_array(sorted(owners)))
    owner, as_of = _asked([(o, t) for o, t in questions if o in owners])
    expected = whole.position(owner, as_of) - whole.start(owner)
    np.testing.assert_array_equal(some.position(owner, as_of) - some.start(owner), expected)
    assert sorted(some.rows) == [row for row in sorted(whole.rows) if events[row].owner in owners]


@given(EVENTS)
def test_rows_in_the_order_of_time_give_the_same_index(events: list[Event]) -> None:
    index, of_sorted = _index(events), _index(sorted(events, key=lambda event: event.known))
    np.testing.assert_array_equal(of_sorted.keys, index.keys)


@given(st.lists(st.tuples(st.integers(0, 3), INSTANTS, st.integers(0, 5)), min_size=1))
def test_order_of_rows_is_irrelevant_when_ties_are_broken(rows: list[tuple[int, int, int]]) -> None:
    turned = rows[::-1]
    answers = []
    for order in (rows, turned):
        owner, known, text = (_array([row[column] for row in order]) for column in range(3))
        index = build_event_index(owner, known, tie_break=text)
        answers.append(text[index.rows].tolist())
    assert answers[0] == answers[1]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=5)
def test_many_rows_in_the_order_of_time_are_indexed_like_those_in_any_other(seed: int) -> None:
    rng, number = np.random.default_rng(seed), 10_500
    owner, known, text = rng.integers(-1, 300, number), np.sort(rng.integers(0, 5_000, number)), rng.permutation(number)
    turned = rng.permutation(number)
    index = build_event_index(owner, known, tie_break=text)
    other = build_event_index(owner[turned], known[turned], tie_break=text[turned])
    np.testing.assert_array_equal(index.keys, other.keys)
    np.testing.assert_array_equal(index.rows, turned[other.rows])


def test_event_without_an_instant_is_left_out() -> None:
    index = build_event_index(_array([0, 0]), _array([5, MISSING_MS]))
    assert index.rows.tolist() == [0]


def test_more_time_and_owners_than_fit_are_refused() -> None:
    with pytest.raises(OverflowError, match="check for a date far from the others"):
        build_event_index(_array([0, 2**40]), _array([0, 2**40]))
