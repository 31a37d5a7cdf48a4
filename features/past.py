"""What the events of owners come to, up to each snapshot: counts in windows, the last, the nth."""

from functools import cached_property
from typing import Final, Literal, TypeAlias

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray, RowArray
from features.event_index import EventIndex
from features.instant import MS_PER_DAY
from features.running_counts import Choices, RunningCounts

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
        The number of the type of each row of the source table, below zero for none; quickest as int16.
    owner, as_of_ms : numpy.ndarray
        int64, one lead or company a snapshot (below zero for none), and its instant.
    """

    def __init__(self, index: EventIndex, type_of_row: RowArray, owner: IntArray, as_of_ms: IntArray) -> None:
        self._owners, self._place = _distinct(owner)
        self.index = index.of(self._owners)
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
        return self.index.start(self._owners).take(self._place)

    @cached_property
    def by_type(self) -> tuple[IntArray, IntArray]:
        """The events by their type, those of none first, and how many stand before those of each type and at the end.

        The first entry of the second is for events of no type.
        """
        number = np.bincount(self.types.astype(np.int64) + 1)
        return self.types.argsort(kind="stable"), np.concatenate((_NOTHING_BEFORE, number.cumsum()))

    def streams(self, choices: Choices) -> "Streams":
        """Return choices of the events by their type."""
        return Streams(self, choices)

    def kinds(self, kind: IntArray, days: int | None = None) -> FloatArray:
        """Count the kinds of event so far, or those that were new in the last days.

        Parameters
        ----------
        kind : numpy.ndarray
            int64, one number an event, in the order of the index; below zero for none.
        """
        running = np.zeros(len(kind) + 1, dtype=np.int64)
        self.index.firsts(kind).cumsum(out=running[1:])
        earlier = self.start if days is None else self.before(days)
        return (running.take(self.before()) - running.take(earlier)).astype(np.float64)

    def days_since(self, keys: IntArray) -> FloatArray:
        """Return the days since the instants in keys of the owners, the last axis being that of the snapshots."""
        return (self._as_of_key - keys) / MS_PER_DAY

    @cached_property
    def _as_of_key(self) -> IntArray:
        return self.index.key(self._owner, self.as_of_ms)

    def last_row(self) -> IntArray:
        """Return the row of the last event known at each snapshot, -1 where there is none."""
        now = self.before()
        return np.concatenate((_NO_ROW, self.index.rows)).take(np.where(now > self.start, now, 0))


class Streams:
    """Choices of the events of a past, side by side: what is asked of one is answered for all at once.

    Every answer has one row a stream and one column a snapshot.

    Parameters
    ----------
    past : Past
    choices : Choices
        The streams, by the type of event.
    """

    def __init__(self, past: Past, choices: Choices) -> None:
        self._past = past
        self._choices = choices
        self._running = RunningCounts(choices, past.types)
        self._now = self._running.before(past.before())
        self._counts: dict[int, FloatArray] = {}

    def is_of(self, stream: int) -> BoolArray:
        """Tell which events belong to a stream."""
        belongs: BoolArray = self._choices.members[stream].take(self._past.types, mode="wrap")
        return belongs

    @cached_property
    def ever(self) -> FloatArray:
        """How many events there were so far."""
        return self._running.counts(self._now - self._running.before(self._past.start))

    def count(self, days: int) -> FloatArray:
        """Count the events that became known in the last days."""
        if days not in self._counts:
            self._counts[days] = self._running.counts(self._now - self._running.before(self._past.before(days)))
        return self._counts[days]

    @cached_property
    def days_since_last(self) -> FloatArray:
        """The days since the newest occurred, NaN where there was none."""
        events = [self._events(stream) for stream in range(len(self._choices.members))]
        number = np.array([len(of_stream) for of_stream in events])
        ahead = (number.cumsum() - number)[:, np.newaxis] - 1  # those of the streams before
        place = (self._running.counts(self._now) + ahead).astype(np.int64)
        latest = np.concatenate([self._past.index.latest(of_stream) for of_stream in events])
        return self._days_since(latest, place, self.ever == 0)

    def statistic(self, wanted: StreamStatistic) -> FloatArray:
        """Return one of the above by its name."""
        if wanted == "ever":
            return self.ever
        return self.days_since_last if wanted == "days_since_last" else self.count(wanted)

    def days_since_nth(self, stream: int, nth: int) -> FloatArray:
        """Return the days since the owner's nth event of one stream became known; NaN where there were fewer."""
        keys = self._past.index.keys.take(self._events(stream))
        ahead = self._running.counts(self._running.before(self._past.start))[stream].astype(np.int64)
        return self._days_since(keys, ahead + (nth - 1), self.ever[stream] < nth)

    def _events(self, stream: int) -> IntArray:
        """Return the places of the events of a stream, in order."""
        kind = self._choices.only_kind[stream]
        if kind is None:
            return self.is_of(stream).nonzero()[0]
        order, starts = self._past.by_type
        return order[slice(*starts.take([kind + 1, kind + 2], mode="clip"))]

    def _days_since(self, keys: IntArray, place: IntArray, is_missing: BoolArray) -> FloatArray:
        """Return the days since events of the owners, by their places among some keys; NaN where there is none."""
        if not len(keys):
            return np.full(place.shape, np.nan)
        days = self._past.days_since(keys.take(place, mode="clip"))
        days[is_missing] = np.nan
        return days


def _distinct(owner: IntArray) -> tuple[IntArray, IntArray]:
    """Return every owner once, in ascending order, and where each is among them."""
    if (owner[1:] < owner[:-1]).any():
        distinct, place = np.unique(owner, return_inverse=True)
        return distinct, place
    is_new = np.append(True, owner[1:] != owner[:-1])
    return owner[is_new], is_new.cumsum() - 1


_NO_ROW: Final = np.array([-1])
_NOTHING_BEFORE: Final = np.array([0])
