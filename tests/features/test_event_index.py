"""The event index against a plain loop."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
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


@given(EVENTS, QUESTIONS)
def test_latest_event_equals_that_of_a_plain_loop(events: list[Event], questions: list[tuple[int, int]]) -> None:
    index, (owner, as_of) = _index(events), _asked(questions)
    position = index.position(owner, as_of)
    for place, start, (o, t) in zip(position, index.start(owner), questions, strict=True):
        seen = [event.occurred for event in events if event.visible(o, t)]
        assert (place > start) == bool(seen)
        if seen:
            assert index.latest_ms(_array([place - 1]))[0] == max(seen)


@given(EVENTS, QUESTIONS)
def test_first_of_each_kind_is_counted_once(events: list[Event], questions: list[tuple[int, int]]) -> None:
    index, (owner, as_of) = _index(events), _asked(questions)
    firsts = index.firsts(_array([event.kind for event in events])[index.rows])
    counted = firsts.position(owner, as_of) - firsts.start(owner)
    kinds = [{event.kind for event in events if event.visible(o, t) and event.kind >= 0} for o, t in questions]
    assert counted.tolist() == [len(kind) for kind in kinds]


@given(EVENTS, QUESTIONS)
def test_part_of_an_index_equals_an_index_of_the_part(events: list[Event], questions: list[tuple[int, int]]) -> None:
    whole, (owner, as_of) = _index(events), _asked(questions)
    kind = _array([event.kind for event in events])
    part, built = whole.only(kind[whole.rows] == 1), _index([event for event in events if event.kind == 1])
    position, expected = part.position(owner, as_of), built.position(owner, as_of)
    np.testing.assert_array_equal(position - part.start(owner), expected - built.start(owner))
    some = position > part.start(owner)
    np.testing.assert_array_equal(part.latest_ms(position[some] - 1), built.latest_ms(expected[some] - 1))


@given(st.lists(st.tuples(st.integers(0, 3), INSTANTS, st.integers(0, 5)), min_size=1))
def test_order_of_rows_is_irrelevant_when_ties_are_broken(rows: list[tuple[int, int, int]]) -> None:
    turned = rows[::-1]
    answers = []
    for order in (rows, turned):
        owner, known, text = (_array([row[column] for row in order]) for column in range(3))
        index = build_event_index(owner, known, tie_break=text)
        answers.append(text[index.rows].tolist())
    assert answers[0] == answers[1]


def test_event_without_an_instant_is_left_out() -> None:
    index = build_event_index(_array([0, 0]), _array([5, MISSING_MS]))
    assert index.rows.tolist() == [0]


def test_more_time_and_owners_than_fit_are_refused() -> None:
    with pytest.raises(OverflowError, match="check for a date far from the others"):
        build_event_index(_array([0, 2**40]), _array([0, 2**40]))
