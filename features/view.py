"""What was known at each snapshot: the only door from records to features."""

from collections.abc import Callable
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.dated_rows import DatedRows
from features.event_index import EventIndex
from features.instant import MISSING_MS, MS_PER_DAY
from features.records import Records
from features.snapshots import Snapshots
from features.text_column import TextColumn, all_names, renumbered

WINDOWS_DAYS: Final = (7, 30, 90, 365)
_POINTS_BY_WINDOW: Final = (1.0, 0.5, 0.25, 0.1)


class View:
    """The records as they were known at some snapshots.

    Everything it returns has one entry a snapshot and was computed from rows known strictly before ``as_of``.

    Parameters
    ----------
    records : Records
    snapshots : Snapshots
        Quickest when in the order of lead and time.
    """

    def __init__(self, records: Records, snapshots: Snapshots) -> None:
        self.records = records
        self.snapshots = snapshots
        self.company = records.company_of_lead[snapshots.lead]
        self._counts: dict[str, FloatArray] = {}
        self._company_counts: dict[str, FloatArray] = {}

    # Activities of the lead

    def ever(self, stream: str) -> FloatArray:
        """Count the activities of a stream so far."""
        return self._stream_counts(stream)[:, 0]

    def count(self, stream: str, days: int) -> FloatArray:
        """Count the activities of a stream that became known in the last days (one of ``WINDOWS_DAYS``)."""
        return self._stream_counts(stream)[:, 1 + WINDOWS_DAYS.index(days)]

    def points(self, stream: str) -> FloatArray:
        """Sum the activities of a stream, old ones for less: 1 in the last week, then 0.5, 0.25 and 0.1 to a year."""
        within = self._stream_counts(stream)[:, 1:]
        points: FloatArray = np.diff(within, axis=1, prepend=0.0) @ np.array(_POINTS_BY_WINDOW)
        return points

    def days_since_last(self, stream: str) -> FloatArray:
        """Return the days since the last activity of a stream occurred; NaN where there was none."""
        return self.days_since_last_of(self.records.activities.stream(stream), self.snapshots.lead)

    def days_since_nth(self, stream: str, nth: int) -> FloatArray:
        """Return the days since the nth activity of a stream became known; NaN where there were fewer."""
        index = self.records.activities.stream(stream)
        position = index.start(self.snapshots.lead) + nth - 1
        enough = index.position(self.snapshots.lead, self.snapshots.as_of_ms) > position
        return self.days_since(_at(index.known_ms, position, enough))

    # Any index, by lead or by company

    def count_of(self, index: EventIndex, owner: IntArray, days: int | None = None) -> FloatArray:
        """Count the events of an index so far, or in the last days."""
        before = index.position(owner, self.snapshots.as_of_ms)
        if days is None:
            return (before - index.start(owner)).astype(np.float64)
        return (before - index.position(owner, self.snapshots.as_of_ms - days * MS_PER_DAY)).astype(np.float64)

    def days_since_last_of(self, index: EventIndex, owner: IntArray) -> FloatArray:
        """Return the days since the newest event of an index occurred; NaN where there was none."""
        position = index.position(owner, self.snapshots.as_of_ms)
        return self.days_since(_at(index.latest_ms, position - 1, position > index.start(owner)))

    def days_since(self, instant_ms: IntArray) -> FloatArray:
        """Return the days from instants to ``as_of``; NaN where the instant is missing."""
        days = (self.snapshots.as_of_ms - instant_ms) / MS_PER_DAY
        return np.where(instant_ms == MISSING_MS, np.nan, days)

    # Activities of the company's other people

    def colleagues_ever(self, stream: str) -> FloatArray:
        """Count the activities of a stream of the other people of the company; NaN where no other is known."""
        return np.where(self.has_colleagues, self._company_stream_counts(stream)[:, 0] - self.ever(stream), np.nan)

    def colleagues_count(self, stream: str, days: int) -> FloatArray:
        """Count the same over the last days."""
        column = 1 + WINDOWS_DAYS.index(days)
        others = self._company_stream_counts(stream)[:, column] - self.count(stream, days)
        return np.where(self.has_colleagues, others, np.nan)

    @property
    def colleagues(self) -> FloatArray:
        """How many other leads of the company were known; NaN where none was."""
        people = self.count_of(self.records.leads_by_company, self.company)
        own = self.records.created_ms[self.snapshots.lead] < self.snapshots.as_of_ms
        others = people - np.where(self.company >= 0, own, 0)
        return np.where(others > 0, others, np.nan)

    @property
    def has_colleagues(self) -> BoolArray:
        """Whether another lead of the company was known."""
        return ~np.isnan(self.colleagues)

    # Attributes and answers

    def lead_text(self, column: str) -> TextColumn:
        """Return a column of the leads table, as of each snapshot where its history is kept."""
        now = self.records.lead_text(column).take(self.snapshots.lead)
        changes = self.records.changes(column)
        return now if changes is None else self._as_of(now, *changes)

    def company_text(self, column: str) -> TextColumn:
        """Return a column of the companies table."""
        return self.records.company_text(column).take(self.records.company_row(self.snapshots.lead))

    def company_number(self, column: str) -> FloatArray:
        """Return a column of numbers of the companies table; NaN where it or the company is missing."""
        return self.records.company_number(column)[self.records.company_row(self.snapshots.lead)]

    def answer(self, column: str) -> TextColumn:
        """Return the latest known answer to a question of the qualifications table."""
        return self.records.answers(column).latest(self.snapshots)

    def answered_ms(self, column: str) -> IntArray:
        """Return when the latest known answer to a question was given, ``MISSING_MS`` where there is none."""
        index = self.records.answers(column).index
        position = index.position(self.snapshots.lead, self.snapshots.as_of_ms)
        return _at(index.known_ms, position - 1, position > index.start(self.snapshots.lead))

    def _as_of(self, now: TextColumn, changes: DatedRows, before: TextColumn) -> TextColumn:
        last, first = changes.latest_row(self.snapshots), changes.first_row(self.snapshots)
        names = all_names(now, changes.text, before)
        after = renumbered(changes.text.take(last), names)
        original = renumbered(before.take(first), names)
        unchanged = np.where(first >= 0, original, renumbered(now, names))
        return TextColumn(np.where(last >= 0, after, unchanged), names)

    def _stream_counts(self, stream: str) -> FloatArray:
        if stream not in self._counts:
            self._counts[stream] = self._window_counts(self.records.activities.stream(stream), self.snapshots.lead)
        return self._counts[stream]

    def _company_stream_counts(self, stream: str) -> FloatArray:
        if stream not in self._company_counts:
            index = self.records.activities.company_stream(stream)
            self._company_counts[stream] = self._window_counts(index, self.company)
        return self._company_counts[stream]

    def _window_counts(self, index: EventIndex, owner: IntArray) -> FloatArray:
        before = index.position(owner, self.snapshots.as_of_ms)
        counts = np.empty((len(self.snapshots), 1 + len(WINDOWS_DAYS)))
        counts[:, 0] = before - index.start(owner)
        for column, days in enumerate(WINDOWS_DAYS, start=1):
            counts[:, column] = before - index.position(owner, self.snapshots.as_of_ms - days * MS_PER_DAY)
        return counts


def _at(instant_of: Callable[[IntArray], IntArray], position: IntArray, wanted: BoolArray) -> IntArray:
    found = np.full(len(position), MISSING_MS, dtype=np.int64)
    found[wanted] = instant_of(position[wanted])
    return found
