"""What the events of owners come to, up to each snapshot: counts in windows, the last, the nth."""

from functools import cached_property

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.event_index import EventIndex, picked
from features.instant import MISSING_MS, MS_PER_DAY


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
        self.index = index.of(np.unique(owner))
        self.types = type_of_row[self.index.rows]
        self._owner = owner
        self._as_of_ms = as_of_ms
        self._before: dict[int, IntArray] = {}

    def before(self, days: int = 0) -> IntArray:
        """Return how many events of all owners stand before ``as_of``, or before some days earlier."""
        if days not in self._before:
            self._before[days] = self.index.position(self._owner, self._as_of_ms - days * MS_PER_DAY)
        return self._before[days]

    @cached_property
    def start(self) -> IntArray:
        """How many events stand before the owner's first."""
        return self.index.start(self._owner)

    def part(self, wanted: BoolArray) -> "Stream":
        """Return some of the events, given in the order of the index."""
        return Stream(self, wanted)

    def last_row(self) -> IntArray:
        """Return the row of the last event known at each snapshot, -1 where there is none."""
        return picked(self.index.rows.take, self.before() - 1, self.before() > self.start, -1)


class Stream:
    """Some of the events of a past.

    Parameters
    ----------
    past : Past
    wanted : numpy.ndarray
        bool, which of its events.
    """

    def __init__(self, past: Past, wanted: BoolArray) -> None:
        # How many of the wanted events precede each position: what turns one search into that of every stream.
        self._preceding = np.zeros(len(wanted) + 1, dtype=np.int32)
        self._preceding[1:] = wanted
        np.cumsum(self._preceding, out=self._preceding)
        self._past = past
        self._wanted = wanted
        self._start = self._preceding.take(past.start)
        self._before = self._preceding.take(past.before())

    def ever(self) -> FloatArray:
        """Count the events so far."""
        return np.subtract(self._before, self._start, dtype=np.float64)

    def count(self, days: int) -> FloatArray:
        """Count the events that became known in the last days."""
        return np.subtract(self._before, self._preceding.take(self._past.before(days)), dtype=np.float64)

    def last_ms(self) -> IntArray:
        """Return the newest instant at which one occurred, ``MISSING_MS`` where none did."""
        latest = np.append(MISSING_MS, self._past.index.latest_ms(self._wanted))
        return latest.take(np.where(self._before > self._start, self._before, 0))

    def nth_ms(self, nth: int) -> IntArray:
        """Return when the owner's nth event became known, ``MISSING_MS`` where there were fewer."""
        known = np.append(MISSING_MS, self._past.index.known_ms(np.flatnonzero(self._wanted)))
        place = self._start + nth
        return known.take(np.where(self._before >= place, place, 0))
