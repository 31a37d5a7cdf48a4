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
        self.index = index.of(_distinct(owner))
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

    def streams(self, members: BoolArray) -> "Streams":
        """Return choices of the events by their type: one row a choice, one column a type, the last for no type."""
        return Streams(self, members, self.types)

    def part(self, wanted: BoolArray) -> "Streams":
        """Return one choice of the events, one entry an event in the order of the index."""
        return Streams(self, _UNWANTED_OR_WANTED, wanted.astype(np.int64))

    def instant_ms(self, keys: IntArray) -> IntArray:
        """Return the instants in keys of the owners, the last axis being that of the snapshots."""
        return self.index.instant_ms(keys, self._owner)

    def last_row(self) -> IntArray:
        """Return the row of the last event known at each snapshot, -1 where there is none."""
        return picked(self.index.rows.take, self.before() - 1, self.before() > self.start, -1)


class Streams:
    """Choices of the events of a past, side by side: what is asked of one is answered for all at once.

    Every answer has one row a stream and one column a snapshot.

    Parameters
    ----------
    past : Past
    members : numpy.ndarray
        bool, one row a stream, one column a kind of event: whether it belongs.
    kinds : numpy.ndarray
        int64, the kind of each event of the past; -1 is the last column.
    """

    def __init__(self, past: Past, members: BoolArray, kinds: IntArray) -> None:
        self._past = past
        self._members = members
        self._kinds = kinds
        self._running = RunningCounts(members, kinds)
        self._start = self._running.before(past.start)
        self._before = self._running.before(past.before())
        self._counts: dict[int, FloatArray] = {}

    @cached_property
    def wanted(self) -> BoolArray:
        """Which events belong to each stream: one row a stream, one column an event."""
        return self._members.take(self._kinds, axis=1, mode="wrap")

    @cached_property
    def ever(self) -> FloatArray:
        """How many events there were so far."""
        return self._running.counts(self._before - self._start)

    def count(self, days: int) -> FloatArray:
        """Count the events that became known in the last days."""
        if days not in self._counts:
            earlier = self._running.before(self._past.before(days))
            self._counts[days] = self._running.counts(self._before - earlier)
        return self._counts[days]

    @cached_property
    def last_ms(self) -> IntArray:
        """The newest instant at which one occurred, ``MISSING_MS`` where none did."""
        number = self._running.counts(self._running.before(_LAST))
        ahead = number.cumsum()[:, np.newaxis] - number  # those of the streams before
        place = (self._running.counts(self._before) + ahead).astype(np.int64)
        return self._instants(self._past.index.latest(self.wanted), place, self.ever > 0)

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
        keys = self._past.index.keys[self.wanted[stream]]
        place = self._running.counts(self._start)[stream].astype(np.int64) + nth
        return self._instants(keys, place, self.ever[stream] >= nth)

    def _instants(self, keys: IntArray, place: IntArray, there: BoolArray) -> IntArray:
        """Return the instants in the owners' keys, the first of which has place one."""
        if not len(keys):
            return np.full(place.shape, MISSING_MS)
        instants = self._past.instant_ms(keys.take(np.where(there, place - 1, 0)))
        instants[~there] = MISSING_MS
        return instants


def _distinct(owner: IntArray) -> IntArray:
    """Return every owner once, in ascending order."""
    if len(owner) == 1:
        return owner
    new = owner[1:] != owner[:-1]
    return np.unique(owner) if (owner[1:] < owner[:-1]).any() else owner[np.append(True, new)]


_UNWANTED_OR_WANTED: Final = np.array([[False, True]])
_LAST: Final = np.array([-1])
