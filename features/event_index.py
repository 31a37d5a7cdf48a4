"""Dated rows sorted once, so that "how many before, and which was the last" is a binary search."""

from dataclasses import dataclass

import numpy as np

from features.arrays import BoolArray, IntArray
from features.instant import MISSING_MS


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
        int64, the row of the source table behind each key.
    latest : numpy.ndarray
        int64, the newest ``occurred`` among an owner's events up to each key, as a key. Equal to ``keys`` where events
        become known as they occur.
    origin_ms, span_ms : int
        The earliest instant, and one more than the distance to the latest.
    """

    keys: IntArray
    rows: IntArray
    latest: IntArray
    origin_ms: int
    span_ms: int

    def position(self, owner: IntArray, as_of_ms: IntArray) -> IntArray:
        """Count the keys of all owners that stand before ``(owner, as_of)``; events at ``as_of`` itself do not."""
        offset = np.minimum(np.maximum(as_of_ms - self.origin_ms, 0), self.span_ms - 1)
        return np.searchsorted(self.keys, owner * self.span_ms + offset)

    def start(self, owner: IntArray) -> IntArray:
        """Return the position of each owner's first event."""
        return np.searchsorted(self.keys, owner * self.span_ms)

    def known_ms(self, position: IntArray) -> IntArray:
        """Return the instant at which the event at a position became known."""
        return self.keys[position] % self.span_ms + self.origin_ms

    def latest_ms(self, position: IntArray) -> IntArray:
        """Return the newest instant at which an event of the owner, up to a position, occurred."""
        return self.latest[position] % self.span_ms + self.origin_ms

    def only(self, wanted: BoolArray) -> "EventIndex":
        """Return the index of some of the events, given in the order of ``keys``."""
        keys = self.keys[wanted]
        latest = keys if self.latest is self.keys else np.maximum.accumulate(self.latest[wanted])
        return EventIndex(keys, self.rows[wanted], latest, self.origin_ms, self.span_ms)

    def firsts(self, kind: IntArray) -> "EventIndex":
        """Return the index of the first event of every owner and kind.

        Parameters
        ----------
        kind : numpy.ndarray
            int64, one number an event, in the order of ``keys``; events below zero have no kind and are left out.
        """
        pair = self.keys // self.span_ms * (int(kind.max(initial=0)) + 2) + kind + 1
        _, first = np.unique(pair, return_index=True)
        wanted = np.zeros(len(kind), dtype=np.bool_)
        wanted[first] = True
        return self.only(wanted & (kind >= 0))


def build_event_index(
    owner: IntArray,
    known_ms: IntArray,
    occurred_ms: IntArray | None = None,
    tie_break: IntArray | None = None,
) -> EventIndex:
    """Sort dated rows into an index.

    Parameters
    ----------
    owner : numpy.ndarray
        int64, the lead or company of each row; rows below zero belong to nobody and are left out.
    known_ms : numpy.ndarray
        int64, when the row became known; rows without an instant are left out.
    occurred_ms : numpy.ndarray, optional
        int64, when it occurred, at or before ``known_ms``; the same where not given.
    tie_break : numpy.ndarray, optional
        int64, decides between rows of one owner and instant, so that the order of the rows never does.

    Raises
    ------
    OverflowError
        When owners times milliseconds do not fit into 63 bits (29 million leads over ten years do).
    """
    rows = np.flatnonzero((owner >= 0) & (known_ms != MISSING_MS))
    occurred = known_ms if occurred_ms is None else np.where(occurred_ms == MISSING_MS, known_ms, occurred_ms)
    origin_ms, span_ms = _extent(known_ms[rows], occurred[rows])
    _require_room(int(owner.max(initial=0)) + 1, span_ms)
    keys = owner[rows] * span_ms + (known_ms[rows] - origin_ms)
    order = np.argsort(keys, kind="stable") if tie_break is None else np.lexsort((tie_break[rows], keys))
    rows, keys = rows[order], keys[order]
    if occurred_ms is None:
        return EventIndex(keys, rows, keys, origin_ms, span_ms)
    latest = np.maximum.accumulate(owner[rows] * span_ms + (occurred[rows] - origin_ms))
    return EventIndex(keys, rows, latest, origin_ms, span_ms)


def _extent(known_ms: IntArray, occurred_ms: IntArray) -> tuple[int, int]:
    if len(known_ms) == 0:
        return 0, 1
    origin_ms = int(min(known_ms.min(), occurred_ms.min()))
    return origin_ms, int(known_ms.max()) - origin_ms + 2


def _require_room(owners: int, span_ms: int) -> None:
    if owners * span_ms >= 2**63:
        message = (
            f"{owners:,} leads over {span_ms / 86_400_000:,.0f} days do not fit into one index; "
            "check for a date far from the others, or train on fewer years"
        )
        raise OverflowError(message)
