"""What the people of some leads had done at each of many snapshots."""

from functools import cached_property

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.event_index import EventIndex, picked
from features.instant import MISSING_MS, MS_PER_DAY, days_between
from features.named_streams import NamedStreams
from features.past import StreamStatistic
from features.records import Records
from features.snapshots import Snapshots
from features.text_column import TextColumn


class ActivityView:
    """The activities and other events as they were known at some snapshots.

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

    # Activities of the lead

    def ever(self, stream: str) -> FloatArray:
        """Count the activities of a stream so far."""
        return self._activities.ever(stream)

    def count(self, stream: str, days: int) -> FloatArray:
        """Count the activities of a stream that became known in the last days."""
        return self._activities.count(stream, days)

    def side_by_side(self, statistic: StreamStatistic, streams: tuple[str, ...]) -> FloatArray:
        """Return a statistic of several streams, one row each: as each alone, in a fraction of the time."""
        return self._activities.side_by_side(statistic, streams)

    def statistic(self, stream: str, statistic: StreamStatistic) -> FloatArray:
        """Return what a stream comes to."""
        values: FloatArray = self.side_by_side(statistic, (stream,))[0]
        return values

    def days_since_nth(self, stream: str, nth: int) -> FloatArray:
        """Return the days since the nth activity of a stream became known; NaN where there were fewer."""
        return self._activities.days_since_nth(stream, nth)

    def last_type(self) -> TextColumn:
        """Return the type of the last activity."""
        return self.records.activities.types.take(self._activities.past.last_row())

    def types_seen(self) -> FloatArray:
        """Count the types of activity so far."""
        return self._activities.past.kinds(self._activities.past.types)

    def agents(self) -> FloatArray:
        """Count our people who took part so far."""
        agents, past = self.records.activities.agents, self._activities.past
        return past.kinds(agents.codes[past.index.rows]) if agents.names else np.zeros(len(self.snapshots))

    def active_days(self, days: int) -> FloatArray:
        """Count the days (UTC) with a response, in the last days."""
        past = self._activities.past
        day = past.index.known_ms(np.arange(len(past.types))) // MS_PER_DAY
        return past.kinds(np.where(self._activities.is_of("response"), day, -1), days)

    # Any index, by lead or by company

    def count_of(self, index: EventIndex, owner: IntArray) -> FloatArray:
        """Count the events of an index so far."""
        if not len(index.keys):
            return np.zeros(len(self.snapshots))
        return (index.position(owner, self.snapshots.as_of_ms) - index.start(owner)).astype(np.float64)

    def days_since_last_of(self, index: EventIndex, owner: IntArray) -> FloatArray:
        """Return the days since the last event of an index became known; NaN where there was none."""
        if not len(index.keys):
            return np.full(len(self.snapshots), np.nan)
        position = index.position(owner, self.snapshots.as_of_ms)
        return self.days_since(picked(index.known_ms, position - 1, position > index.start(owner), MISSING_MS))

    def days_since(self, instant_ms: IntArray) -> FloatArray:
        """Return the days from instants to ``as_of``; NaN where the instant is missing."""
        return days_between(instant_ms, self.snapshots.as_of_ms)

    # Activities of the company's other people

    def colleagues_count(self, stream: str, days: int) -> FloatArray:
        """Count the activities of a stream of the company's other people; NaN where no other is known."""
        if not self.has_colleagues.any():
            return self.colleagues
        others = self._of_company.count(stream, days) - self.count(stream, days)
        return np.where(self.has_colleagues, others, np.nan)

    def active_colleagues(self) -> FloatArray:
        """Count the other people of the company who responded; NaN where no other is known."""
        if not self.has_colleagues.any():
            return self.colleagues
        past = self._of_company.past
        person = np.where(self._of_company.is_of("response"), self.records.activities.lead[past.index.rows], -1)
        others = past.kinds(person) - (self.ever("response") > 0)
        return np.where(self.has_colleagues, others, np.nan)

    def days_since_last_of_company(self) -> FloatArray:
        """Return the days since anybody of the company was active; NaN where no other of its people was yet."""
        if not self.has_colleagues.any():
            return self.colleagues
        others = self._of_company.ever("any") - self.ever("any")
        return np.where(self.has_colleagues & (others > 0), self._of_company.days_since_last("any"), np.nan)

    @cached_property
    def colleagues(self) -> FloatArray:
        """How many other leads of the company were known; NaN where none was."""
        if len(self.records) == 1:
            return np.full(len(self.snapshots), np.nan)
        people = self.count_of(self.records.leads_by_company, self.company)
        own = self.records.created_ms[self.snapshots.lead] < self.snapshots.as_of_ms
        others = people - np.where(self.company >= 0, own, 0)
        return np.where(others > 0, others, np.nan)

    @cached_property
    def has_colleagues(self) -> BoolArray:
        """Whether another lead of the company was known."""
        return ~np.isnan(self.colleagues)

    @cached_property
    def _activities(self) -> NamedStreams:
        return self.records.activities.of_lead(self.snapshots)

    @cached_property
    def _of_company(self) -> NamedStreams:
        return self.records.activities.of_company(self.snapshots)
