"""What the events of owners come to, up to each snapshot: counts in windows, the last, the nth."""

from functools import cached_property
from typing import Final, Literal, TypeAlias

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.event_index import EventIndex, picked
from features.instant import MISSING_MS, MS_PER_DAY, days_between
from features.running_counts import RunningCounts

StreamStatistic: TypeAlias = int | Literal["ever", "days_since_last"]
"""A number stands for the count in so many days."""


class Past:
    """The events of the owners of some snapshots, searched once for all streams among them.

    Only the owners' own events are touched, so what it costs depends on them and not on the size of the source.

    Parameters
    ----------
    index : EventIndex
        The events of every owner.
    type_of_row : numpy.ndarray
        int64, the number of the type of each row of the source table.
    owner, as_of_ms : numpy.ndarray
        int64, one lead or company a snapshot (below zero for none), and its instant.
    """

    def __init__(self, index: EventIndex, type_of_row: IntArray, owner: IntArray, as_of_ms: IntArray) -> None:
        self.index = index.of(np.unique(owner) if len(owner) > 1 else owner)
        self.types = type_of_row[self.index.rows]
        self.as_of_ms = as_of_ms
        self._owner = owner
        self._before: dict[int, IntArray] = {}

    def before(self, days: int = 0) -> IntArray:
        """Return how many events of all owners stand before ``as_of``, or before some days earlier."""
        if days not in self._before:
            self._before[days] = self.index.position(self._owner, self.as_of_ms - days * MS_PER_DAY)
        return self._before[days]

    @cached_property
    def start(self) -> IntArray:
        """How many events stand before the owner's first."""
        return self.index.start(self._owner)

    def streams(self, wanted: BoolArray) -> "Streams":
        """Return some choices of the events: one row a choice, one column an event in the order of the index."""
        return Streams(self, wanted)

    def part(self, wanted: BoolArray) -> "Streams":
        """Return one choice of the events."""
        return Streams(self, wanted[np.newaxis])

    def last_row(self) -> IntArray:
        """Return the row of the last event known at each snapshot, -1 where there is none."""
        return picked(self.index.rows.take, self.before() - 1, self.before() > self.start, -1)


class Streams:
    """Choices of the events of a past, side by side: what is asked of one is answered for all at once.

    Every answer has one row a stream and one column a snapshot.

    Parameters
    ----------
    past : Past
    wanted : numpy.ndarray
        bool, one row a stream, one column an event of the past.
    """

    def __init__(self, past: Past, wanted: BoolArray) -> None:
        self._past = past
        self.wanted = wanted
        self._running = RunningCounts(wanted)
        self._start = self._running.before(past.start)
        self._before = self._running.before(past.before())
        self._counts: dict[int, FloatArray] = {}

    @cached_property
    def ever(self) -> FloatArray:
        """How many events there were so far."""
        counts: FloatArray = np.subtract(self._before, self._start, dtype=np.float64)
        return counts

    def count(self, days: int) -> FloatArray:
        """Count the events that became known in the last days."""
        if days not in self._counts:
            earlier = self._running.before(self._past.before(days))
            self._counts[days] = np.subtract(self._before, earlier, dtype=np.float64)
        return self._counts[days]

    @cached_property
    def last_ms(self) -> IntArray:
        """The newest instant at which one occurred, ``MISSING_MS`` where none did."""
        number = self._running.before(_LAST)
        ahead = np.add.accumulate(number, dtype=np.int64) - number  # those of the streams before
        place = np.where(self._before > self._start, self._before + ahead, 0)
        return _after_none(self._past.index.latest_ms(self.wanted)).take(place)

    @cached_property
    def days_since_last(self) -> FloatArray:
        """The days since the newest occurred, NaN where there was none."""
        return days_between(self.last_ms, self._past.as_of_ms)

    def statistic(self, wanted: StreamStatistic) -> FloatArray:
        """Return one of the above by its name."""
        if wanted == "ever":
            return self.ever
        return self.days_since_last if wanted == "days_since_last" else self.count(wanted)

    def nth_ms(self, stream: int, nth: int) -> IntArray:
        """Return when the owner's nth event of one stream became known, ``MISSING_MS`` where there were fewer."""
        known = self._past.index.known_ms(self.wanted[stream].nonzero()[0])
        place = self._start[stream].astype(np.int64) + nth
        return _after_none(known).take(np.where(self._before[stream] >= place, place, 0))


def _after_none(instants: IntArray) -> IntArray:
    """Put a missing instant before the first: the place of what is not there."""
    return np.concatenate((_NONE, instants))


_NONE: Final = np.array([MISSING_MS])
_LAST: Final = np.array([-1])
