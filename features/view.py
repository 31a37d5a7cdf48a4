"""What was known at each snapshot: the only door from records to features."""

from functools import cached_property
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.event_index import EventIndex, picked
from features.instant import MISSING_MS, MS_PER_DAY
from features.past import Past, Stream
from features.records import Records
from features.snapshots import Snapshots
from features.text_column import TextColumn

_POINTS_BY_DAYS: Final = {7: 1.0, 30: 0.5, 90: 0.25, 365: 0.1}


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
        self._streams: dict[str, Stream] = {}
        self._company_streams: dict[str, Stream] = {}
        self._answer_rows: dict[str, IntArray] = {}

    # Activities of the lead

    def ever(self, stream: str) -> FloatArray:
        """Count the activities of a stream so far."""
        return self._stream(stream).ever()

    def count(self, stream: str, days: int) -> FloatArray:
        """Count the activities of a stream that became known in the last days."""
        return self._stream(stream).count(days)

    def points(self, stream: str) -> FloatArray:
        """Sum the activities of a stream, old ones for less: 1 in the last week, then 0.5, 0.25 and 0.1 to a year."""
        points, newer = np.zeros(len(self.snapshots)), np.zeros(len(self.snapshots))
        # Not a matrix product, whose rounding depends on how many rows there are.
        for days, worth in _POINTS_BY_DAYS.items():
            within = self.count(stream, days)
            points += (within - newer) * worth
            newer = within
        return points

    def days_since_last(self, stream: str) -> FloatArray:
        """Return the days since the last activity of a stream occurred; NaN where there was none."""
        return self.days_since(self._stream(stream).last_ms())

    def days_since_nth(self, stream: str, nth: int) -> FloatArray:
        """Return the days since the nth activity of a stream became known; NaN where there were fewer."""
        return self.days_since(self._stream(stream).nth_ms(nth))

    def last_type(self) -> TextColumn:
        """Return the type of the last activity."""
        return self.records.activities.types.take(self._past.last_row())

    def types_seen(self) -> FloatArray:
        """Count the types of activity so far."""
        return self._past.part(self._past.index.firsts(self._past.types)).ever()

    def agents(self) -> FloatArray:
        """Count our people who took part so far."""
        agent = self.records.activities.agents.codes[self._past.index.rows]
        return self._past.part(self._past.index.firsts(agent)).ever()

    def active_days(self, days: int) -> FloatArray:
        """Count the days (UTC) with a response, in the last days."""
        index = self._past.index
        day = index.known_ms(np.arange(len(index.keys))) // MS_PER_DAY
        is_response = self.records.activities.is_of("response", self._past)
        return self._past.part(index.firsts(np.where(is_response, day, -1))).count(days)

    # Any index, by lead or by company

    def count_of(self, index: EventIndex, owner: IntArray) -> FloatArray:
        """Count the events of an index so far."""
        return (index.position(owner, self.snapshots.as_of_ms) - index.start(owner)).astype(np.float64)

    def days_since_last_of(self, index: EventIndex, owner: IntArray) -> FloatArray:
        """Return the days since the last event of an index became known; NaN where there was none."""
        position = index.position(owner, self.snapshots.as_of_ms)
        return self.days_since(picked(index.known_ms, position - 1, position > index.start(owner), MISSING_MS))

    def days_since(self, instant_ms: IntArray) -> FloatArray:
        """Return the days from instants to ``as_of``; NaN where the instant is missing."""
        days = (self.snapshots.as_of_ms - instant_ms) / MS_PER_DAY
        days[instant_ms == MISSING_MS] = np.nan
        return days

    # Activities of the company's other people

    def colleagues_count(self, stream: str, days: int) -> FloatArray:
        """Count the activities of a stream of the company's other people; NaN where no other is known."""
        others = self._company_stream(stream).count(days) - self.count(stream, days)
        return np.where(self.has_colleagues, others, np.nan)

    def active_colleagues(self) -> FloatArray:
        """Count the other people of the company who responded; NaN where no other is known."""
        index = self._company_past.index
        is_response = self.records.activities.is_of("response", self._company_past)
        person = np.where(is_response, self.records.activities.lead[index.rows], -1)
        people = self._company_past.part(index.firsts(person)).ever()
        return np.where(self.has_colleagues, people - (self.ever("response") > 0), np.nan)

    def days_since_last_of_company(self) -> FloatArray:
        """Return the days since anybody of the company was active; NaN where no other of its people was yet."""
        everybody = self._company_stream("any")
        others = everybody.ever() - self.ever("any")
        return np.where(self.has_colleagues & (others > 0), self.days_since(everybody.last_ms()), np.nan)

    @cached_property
    def colleagues(self) -> FloatArray:
        """How many other leads of the company were known; NaN where none was."""
        people = self.count_of(self.records.leads_by_company, self.company)
        own = self.records.created_ms[self.snapshots.lead] < self.snapshots.as_of_ms
        others = people - np.where(self.company >= 0, own, 0)
        return np.where(others > 0, others, np.nan)

    @cached_property
    def has_colleagues(self) -> BoolArray:
        """Whether another lead of the company was known."""
        return ~np.isnan(self.colleagues)

    # Attributes and answers

    def lead_text(self, column: str) -> TextColumn:
        """Return a column of the leads table, as of each snapshot where its history is kept."""
        return self.records.lead_text(column).as_of(self.snapshots)

    def company_text(self, column: str) -> TextColumn:
        """Return a column of the companies table."""
        return self.records.company_text(column).take(self.records.company_row(self.snapshots.lead))

    def company_number(self, column: str) -> FloatArray:
        """Return a column of numbers of the companies table; NaN where it or the company is missing."""
        return self.records.company_number(column)[self.records.company_row(self.snapshots.lead)]

    def answer(self, column: str) -> TextColumn:
        """Return the latest known answer to a question of the qualifications table."""
        return self.records.answers(column).text.take(self._answer_row(column))

    def answered_ms(self, column: str) -> IntArray:
        """Return when the latest known answer to a question was given, ``MISSING_MS`` where there is none."""
        row = self._answer_row(column)
        return picked(self.records.answered_ms.take, row, row >= 0, MISSING_MS)

    def _answer_row(self, column: str) -> IntArray:
        if column not in self._answer_rows:
            self._answer_rows[column] = self.records.answers(column).latest_row(self.snapshots)
        return self._answer_rows[column]

    @cached_property
    def _past(self) -> Past:
        return self.records.activities.past_of_lead(self.snapshots)

    @cached_property
    def _company_past(self) -> Past:
        return self.records.activities.past_of_company(self.snapshots)

    def _stream(self, name: str) -> Stream:
        if name not in self._streams:
            self._streams[name] = self._past.part(self.records.activities.is_of(name, self._past))
        return self._streams[name]

    def _company_stream(self, name: str) -> Stream:
        if name not in self._company_streams:
            past = self._company_past
            self._company_streams[name] = past.part(self.records.activities.is_of(name, past))
        return self._company_streams[name]
