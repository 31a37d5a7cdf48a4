"""The answers to our questions: of each question the latest known one counts."""

from functools import cached_property
from typing import Final

import numpy as np

from features.arrays import IntArray
from features.event_index import EventIndex, build_event_index
from features.snapshots import Snapshots
from features.source import Source
from features.text_column import TextColumn
from features.tie_break import break_ties

QUESTIONS: Final = (
    "budget_status",
    "budget_amount",
    "authority_role",
    "purchase_process",
    "need",
    "timeframe",
    "competition",
)
"""The columns of the qualifications table that hold answers."""
_NUMBERS: Final = np.arange(len(QUESTIONS))[:, np.newaxis]


class Answers:
    """The rows of the qualifications table, sorted once for all questions.

    A row that leaves a question open does not hide an earlier answer to it. Of two answers at the same instant the
    greater one counts.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._asked: tuple[Snapshots, IntArray] | None = None

    @cached_property
    def texts(self) -> tuple[TextColumn, ...]:
        """What each row answers to each question."""
        return tuple(self._source.text("qualifications", question) for question in QUESTIONS)

    @cached_property
    def answered_ms(self) -> IntArray:
        """When each row was answered."""
        return self._source.instants("qualifications", "answered_at")

    def latest_rows(self, snapshots: Snapshots) -> IntArray:
        """Return the row that counts at each snapshot, one row of numbers a question; -1 where nothing is known yet."""
        asked = self._asked
        if asked is None or asked[0] is not snapshots:  # features and gates ask for the same
            asked = self._asked = snapshots, self._latest_rows(snapshots)
        return asked[1]

    def _latest_rows(self, snapshots: Snapshots) -> IntArray:
        if not len(self._index.keys):
            return np.full((len(QUESTIONS), len(snapshots)), -1, dtype=np.int64)
        position = self._index.position(snapshots.lead, snapshots.as_of_ms)
        known = np.where(position > self._index.start(snapshots.lead), position, 0)
        return self._row_at.take(known, axis=1)

    @cached_property
    def _index(self) -> EventIndex:
        return build_event_index(self._source.lead_of("qualifications"), self.answered_ms)

    @cached_property
    def _row_at(self) -> IntArray:
        """For each question, the row that counts once so many rows of the index are known; none in the first column."""
        index = self._index
        codes = np.array([text.codes for text in self.texts])
        rows = self._rows(codes)
        events = np.arange(len(index.keys))
        last = np.maximum.accumulate(np.where(codes[_NUMBERS, rows] >= 0, events, -1), axis=1)
        row_at = np.full((len(QUESTIONS), len(events) + 1), -1, dtype=np.int64)
        row_at[:, 1:] = np.where(last >= index.start(index.keys // index.span_ms), rows[_NUMBERS, last], -1)
        return row_at

    def _rows(self, codes: IntArray) -> IntArray:
        """Return the rows in the order of the index; of those at the same instant, the greatest answer stands last."""
        rows = self._index.rows[np.newaxis].repeat(len(codes), axis=0)
        if (self._index.keys[1:] == self._index.keys[:-1]).any():
            for order, code in zip(rows, codes, strict=True):
                break_ties(order, self._index.keys, code)
        return rows
