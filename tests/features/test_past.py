"""Streams of events before snapshots, against a plain loop."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from features.arrays import IntArray
from features.event_index import build_event_index
from features.instant import MS_PER_DAY
from features.past import Past, Streams
from features.running_counts import Choices

DAYS = st.integers(min_value=0, max_value=400)
OWNERS = st.integers(min_value=-1, max_value=3)


@dataclass(frozen=True)
class Event:
    owner: int
    occurred_day: int
    delay_days: int
    kind: int

    @property
    def known_ms(self) -> int:
        return (self.occurred_day + self.delay_days) * MS_PER_DAY


EVENTS = st.lists(st.builds(Event, OWNERS, DAYS, st.sampled_from([0, 0, 1, 30]), st.integers(-1, 1)), max_size=30)
QUESTIONS = st.lists(st.tuples(OWNERS, DAYS), min_size=1, max_size=10)


STREAMS = ({0}, {1}, {0, 1}, {0, 1, -1}, set[int]())
"""The kinds of event of each stream; -1 is none."""


def _array(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _streams(events: list[Event], questions: list[tuple[int, int]]) -> Streams:
    index = build_event_index(
        _array([event.owner for event in events]),
        _array([event.known_ms for event in events]),
        _array([event.occurred_day * MS_PER_DAY for event in events]),
    )
    kinds = _array([event.kind for event in events])
    owner, day = (_array([question[column] for question in questions]) for column in range(2))
    past = Past(index, kinds, owner, day * MS_PER_DAY)
    return past.streams(Choices(np.array([[event in kinds_of for event in (0, 1, -1)] for kinds_of in STREAMS])))


def _seen(events: list[Event], question: tuple[int, int], kinds: set[int]) -> list[Event]:
    """Return the events of some kinds known at a snapshot, in the order in which they became known."""
    owner, day = question
    seen = [event for event in events if event.owner == owner >= 0 and event.known_ms < day * MS_PER_DAY]
    return sorted((event for event in seen if event.kind in kinds), key=lambda event: event.known_ms)


def _expected(
    events: list[Event], questions: list[tuple[int, int]], answer: Callable[[list[Event], int], float]
) -> list[list[float]]:
    """Return the answer of a plain loop, one list a stream."""
    return [[answer(_seen(events, question, kinds), question[1]) for question in questions] for kinds in STREAMS]


@given(EVENTS, QUESTIONS)
def test_counts_equal_those_of_a_plain_loop(events: list[Event], questions: list[tuple[int, int]]) -> None:
    streams = _streams(events, questions)
    assert streams.ever.tolist() == _expected(events, questions, lambda seen, _: len(seen))


@given(EVENTS, QUESTIONS, st.sampled_from([7, 45, 90]))
def test_counts_of_the_last_days_equal_those_of_a_plain_loop(
    events: list[Event], questions: list[tuple[int, int]], days: int
) -> None:
    def recent(seen: list[Event], day: int) -> int:
        return sum(event.known_ms >= (day - days) * MS_PER_DAY for event in seen)

    assert _streams(events, questions).count(days).tolist() == _expected(events, questions, recent)


@given(EVENTS, QUESTIONS)
def test_last_is_the_newest_to_occur_within_the_stream(events: list[Event], questions: list[tuple[int, int]]) -> None:
    def since_newest(seen: list[Event], day: int) -> float:
        return min((float(day - event.occurred_day) for event in seen), default=math.nan)

    np.testing.assert_array_equal(
        _streams(events, questions).days_since_last, _expected(events, questions, since_newest)
    )


@given(EVENTS, QUESTIONS, st.integers(1, 3))
def test_nth_is_the_nth_to_become_known(events: list[Event], questions: list[tuple[int, int]], nth: int) -> None:
    def since_nth(seen: list[Event], day: int) -> float:
        return day - seen[nth - 1].known_ms / MS_PER_DAY if len(seen) >= nth else math.nan

    streams = _streams(events, questions)
    np.testing.assert_array_equal(
        [streams.days_since_nth(stream, nth) for stream in range(len(STREAMS))],
        _expected(events, questions, since_nth),
    )
