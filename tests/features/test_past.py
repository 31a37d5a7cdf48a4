"""Streams of events before snapshots, against a plain loop."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from features.arrays import IntArray
from features.event_index import build_event_index
from features.instant import MISSING_MS, MS_PER_DAY
from features.past import Past, Stream

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


EVENTS = st.lists(st.builds(Event, OWNERS, DAYS, st.sampled_from([0, 0, 1, 30]), st.integers(0, 1)), max_size=30)
QUESTIONS = st.lists(st.tuples(OWNERS, DAYS), min_size=1, max_size=10)


def _array(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _stream(events: list[Event], questions: list[tuple[int, int]]) -> Stream:
    index = build_event_index(
        _array([event.owner for event in events]),
        _array([event.known_ms for event in events]),
        _array([event.occurred_day * MS_PER_DAY for event in events]),
    )
    kinds = _array([event.kind for event in events])
    owner, day = (_array([question[column] for question in questions]) for column in range(2))
    past = Past(index, kinds, owner, day * MS_PER_DAY)
    return past.part(past.types == 1)


def _seen(events: list[Event], question: tuple[int, int]) -> list[Event]:
    """Return the events of the stream known at a snapshot, in the order in which they became known."""
    owner, day = question
    seen = [event for event in events if event.owner == owner >= 0 and event.known_ms < day * MS_PER_DAY]
    return sorted((event for event in seen if event.kind == 1), key=lambda event: event.known_ms)


@given(EVENTS, QUESTIONS)
def test_counts_equal_those_of_a_plain_loop(events: list[Event], questions: list[tuple[int, int]]) -> None:
    stream = _stream(events, questions)
    assert stream.ever().tolist() == [len(_seen(events, question)) for question in questions]
    for days in (7, 90):
        since = [(question[1] - days) * MS_PER_DAY for question in questions]
        expected = [
            sum(event.known_ms >= start for event in _seen(events, question))
            for question, start in zip(questions, since, strict=True)
        ]
        assert stream.count(days).tolist() == expected


@given(EVENTS, QUESTIONS)
def test_last_is_the_newest_to_occur_within_the_stream(events: list[Event], questions: list[tuple[int, int]]) -> None:
    newest = [
        max((event.occurred_day * MS_PER_DAY for event in _seen(events, question)), default=MISSING_MS)
        for question in questions
    ]
    assert _stream(events, questions).last_ms().tolist() == newest


@given(EVENTS, QUESTIONS, st.integers(1, 3))
def test_nth_is_the_nth_to_become_known(events: list[Event], questions: list[tuple[int, int]], nth: int) -> None:
    seen = [_seen(events, question) for question in questions]
    expected = [known[nth - 1].known_ms if len(known) >= nth else MISSING_MS for known in seen]
    assert _stream(events, questions).nth_ms(nth).tolist() == expected
