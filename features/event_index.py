"""Dated rows sorted once, so that "how many before, and which was the last" is a binary search."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import BoolArray, IntArray, RowArray
from features.instant import MISSING_MS
from features.owner_order import owner_order
from features.tie_break import break_ties


@dataclass(frozen=True)
class EventIndex:
    """Events of many owners (leads or companies), sorted by owner and by the instant they became known.

    Owner and instant share one int64 key, so one ``searchsorted`` answers a question for any number of snapshots,
    and for one snapshot alike.

    Attributes
    ----------
    keys : numpy.ndarray
        int64, ascending: ``owner * span_ms + (known_ms - origin_ms)``.
    rows : numpy.ndarray
        int32 or int64, the row of the source table behind each key.
    occurred : numpy.ndarray
        int64, when each event occurred, as a key. The very array ``keys`` where events become known as they occur.
    origin_ms, span_ms : int
        The earliest instant, and one more than the distance to the latest.
    """

    keys: IntArray
    rows: RowArray
    occurred: IntArray
    origin_ms: int
    span_ms: int

    def position(self, owner: IntArray, as_of_ms: IntArray) -> IntArray:
        """Count the keys of all owners that stand before ``(owner, as_of)``; events at ``as_of`` itself do not.

        Several instants an owner are asked for by an axis before that of the owners.
        """
        if not len(self.keys):
            return np.zeros(as_of_ms.shape, dtype=np.int64)
        offset = np.minimum(np.maximum(as_of_ms - self.origin_ms, 0), self.span_ms - 1)
        return self.keys.searchsorted(owner * self.span_ms + offset)

    def start(self, owner: IntArray) -> IntArray:
        """Return the position of each owner's first event."""
        if not len(self.keys):
            return np.zeros(len(owner), dtype=np.int64)
        return self.keys.searchsorted(owner * self.span_ms)

    def key(self, owner: IntArray, instant_ms: IntArray) -> IntArray:
        """Return what the key of an owner's event at an instant would be, be it before the first or after the last."""
        return owner * self.span_ms + (instant_ms - self.origin_ms)

    def known_ms(self, position: IntArray) -> IntArray:
        """Return the instant at which the event at a position became known."""
        return self.keys[position] % self.span_ms + self.origin_ms

    def latest(self, chosen: IntArray) -> IntArray:
        """Return for each event chosen when the newest chosen one of its owner, up to it, occurred, as a key.

        Parameters
        ----------
        chosen : numpy.ndarray
            int64, places in the index, in ascending order.
        """
        occurred = self.occurred.take(chosen)
        return occurred if self.occurred is self.keys else np.maximum.accumulate(occurred)

    def of(self, owners: IntArray) -> "EventIndex":
        """Return the index of the events of some owners, at least one, in ascending order and once each."""
        if len(owners) == 1 and self._are_all_of(int(owners[0])):
            return self
        start, end = self.start(owners), self.start(owners + 1)
        number = end - start
        if number.sum() == len(self.keys):
            return self
        if number.sum() == end[-1] - start[0]:
            return self._at(slice(start[0], end[-1]))
        return self._at(np.arange(number.sum()) + np.repeat(end - number.cumsum(), number))

    def _are_all_of(self, owner: int) -> bool:
        return not len(self.keys) or owner * self.span_ms <= self.keys[0] <= self.keys[-1] < (owner + 1) * self.span_ms

    def _at(self, places: IntArray | slice) -> "EventIndex":
        keys = self.keys[places]
        occurred = keys if self.occurred is self.keys else self.occurred[places]
        return EventIndex(keys, self.rows[places], occurred, self.origin_ms, self.span_ms)

    def firsts(self, kind: IntArray) -> BoolArray:
        """Tell which events are the first of their owner and kind.

        Parameters
        ----------
        kind : numpy.ndarray
            int64, one number an event, in the order of ``keys``; an event below zero has no kind and is not a first.
        """
        pair = self.keys // self.span_ms * (int(kind.max(initial=0)) + 2) + kind + 1
        order = pair.argsort(kind="stable")
        pair = pair[order]
        first = kind >= 0
        first[order[1:][pair[1:] == pair[:-1]]] = False
        return first


def build_event_index(
    owner: RowArray,
    known_ms: IntArray,
    occurred_ms: IntArray | None = None,
    tie_break: RowArray | None = None,
) -> EventIndex:
    """Sort dated rows into an index.

    Parameters
    ----------
    owner : numpy.ndarray
        int32 or int64, the lead or company of each row; rows below zero belong to nobody and are left out.
    known_ms : numpy.ndarray
        int64, when the row became known; rows without an instant are left out.
    occurred_ms : numpy.ndarray, optional
        int64, when it occurred, at or before ``known_ms``; the same where not given.
    tie_break : numpy.ndarray, optional
        int32 or int64, decides between rows of one owner and instant, so that the order of the rows never does.

    Raises
    ------
    OverflowError
        When owners times milliseconds do not fit into 63 bits (29 million leads over ten years do).
    """
    if not len(owner):
        return _EMPTY
    counts = (owner >= 0) & (known_ms != MISSING_MS)
    rows = None if counts.all() else counts.nonzero()[0]
    owner, known_ms = _taken(owner, rows), _taken(known_ms, rows)
    occurred = None if occurred_ms is None else _filled(_taken(occurred_ms, rows), known_ms)
    origin_ms, span_ms = _extent(known_ms, known_ms if occurred is None else occurred)
    _require_room(int(owner.max(initial=0)) + 1, span_ms)
    order, keys = _sorted(owner, known_ms, origin_ms, span_ms)
    if tie_break is not None:
        break_ties(order, keys, tie_break, rows)
    if occurred is not None:
        occurred = (owner.astype(np.int64) * span_ms + (occurred - origin_ms))[order]
    order = order if rows is None else rows[order]
    return EventIndex(keys, order, keys if occurred is None else occurred, origin_ms, span_ms)


def _taken(values: RowArray, rows: IntArray | None) -> RowArray:
    """Return values of the rows that count; where all do, without a copy."""
    return values if rows is None else values[rows]


def _filled(occurred_ms: IntArray, known_ms: IntArray) -> IntArray:
    return np.where(occurred_ms == MISSING_MS, known_ms, occurred_ms)


def _sorted(owner: IntArray, known_ms: IntArray, origin_ms: int, span_ms: int) -> tuple[RowArray, IntArray]:
    """Return the order of rows by owner and instant, and their keys in that order."""
    if len(owner) > _MANY and (known_ms[1:] >= known_ms[:-1]).all():  # in the order of time, as exports often are
        ordered = owner_order(owner, known_ms)
        ordered.add_to_values(np.arange(len(ordered.starts) - 1) * span_ms - origin_ms)
        return ordered.rows, ordered.values
    keys = owner.astype(np.int64) * span_ms + (known_ms - origin_ms)
    order = keys.argsort()
    return order, keys[order]


def picked(of: Callable[[IntArray], IntArray], position: IntArray, wanted: BoolArray, missing: int) -> IntArray:
    """Look up positions where they are wanted, and say ``missing`` elsewhere."""
    found = np.full(len(position), missing, dtype=np.int64)
    found[wanted] = of(position[wanted])
    return found


def _extent(known_ms: IntArray, occurred_ms: IntArray) -> tuple[int, int]:
    if len(known_ms) == 0:
        return 0, 1
    origin_ms = int(known_ms.min() if occurred_ms is known_ms else min(known_ms.min(), occurred_ms.min()))
    return origin_ms, int(known_ms.max()) - origin_ms + 2


def _require_room(owners: int, span_ms: int) -> None:
    if owners * span_ms >= 2**63:
        message = (
            f"{owners:,} leads over {span_ms / 86_400_000:,.0f} days do not fit into one index; "
            "check for a date far from the others, or train on fewer years"
        )
        raise OverflowError(message)


_MANY: Final = 10_000
_NOTHING: Final = np.empty(0, dtype=np.int64)
_EMPTY: Final = EventIndex(_NOTHING, _NOTHING, _NOTHING, origin_ms=0, span_ms=1)
