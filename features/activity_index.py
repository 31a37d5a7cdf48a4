"""The activities of a source, searchable by lead and by company."""

from collections.abc import Callable
from functools import cached_property
from threading import Lock

import numpy as np
import pandas as pd

from features.arrays import BoolArray, IntArray
from features.dated_rows import DatedRows, dated_rows
from features.event_index import EventIndex, build_event_index
from features.instant import MS_PER_DAY, to_ms
from features.streams import RESPONSE_TYPES, types_of
from features.text_column import TextColumn, text_column


class ActivityIndex:
    """All activities, sorted once by lead and once by company, and the streams among them.

    Parameters
    ----------
    activities : pandas.DataFrame
        The canonical table.
    lead : numpy.ndarray
        int64, the row number of each activity's lead.
    company_of_lead : numpy.ndarray
        int64, the row number of each lead's company, -1 where there is none.
    """

    def __init__(self, activities: pd.DataFrame, lead: IntArray, company_of_lead: IntArray) -> None:
        self._activities = activities
        self._lead = lead
        self._company = company_of_lead[lead] if len(company_of_lead) else lead
        self._streams: dict[tuple[str, str], EventIndex] = {}
        self._lock = Lock()

    @cached_property
    def types(self) -> TextColumn:
        """The type of each activity."""
        return text_column(self._activities["type"])

    @cached_property
    def latest_types(self) -> DatedRows:
        """The types by lead and time; of activities at the same instant, the type that sorts last counts."""
        return dated_rows(self._lead, self._instants[0], self.types)

    def stream(self, name: str) -> EventIndex:
        """Return the activities of a stream by lead."""
        return self._once("lead", name, lambda: self._select(self._by_lead, name))

    def company_stream(self, name: str) -> EventIndex:
        """Return the activities of a stream by company."""
        return self._once("company", name, lambda: self._select(self._by_company, name))

    def agents(self) -> EventIndex:
        """Return the first activity of every lead with each of our people."""
        return self._once("first", "agent", lambda: self._firsts(text_column(self._activities["agent"]).codes))

    def types_seen(self) -> EventIndex:
        """Return the first activity of every lead of each type."""
        return self._once("first", "type", lambda: self._firsts(self.types.codes))

    def active_days(self) -> EventIndex:
        """Return the first response of every lead on each day (UTC)."""
        return self._once("first", "day", self._first_responses_of_days)

    def active_people(self) -> EventIndex:
        """Return, by company, the first response of each of its leads."""
        return self._once("first", "person", self._first_responses_of_people)

    def _once(self, owner: str, name: str, build: Callable[[], EventIndex]) -> EventIndex:
        with self._lock:
            if (owner, name) not in self._streams:
                self._streams[owner, name] = build()
            return self._streams[owner, name]

    @cached_property
    def _by_lead(self) -> EventIndex:
        return build_event_index(self._lead, *self._instants)

    @cached_property
    def _by_company(self) -> EventIndex:
        return build_event_index(self._company, *self._instants)

    @cached_property
    def _instants(self) -> tuple[IntArray, IntArray | None]:
        """When each activity became known, and when it occurred where that is not the same."""
        occurred = to_ms(self._activities["occurred_at"])
        if not self._activities["recorded_at"].notna().any():
            return occurred, None
        return np.maximum(occurred, to_ms(self._activities["recorded_at"])), occurred

    def _select(self, index: EventIndex, name: str) -> EventIndex:
        types = types_of(name)
        return index if types is None else index.only(self._is_of(types)[index.rows])

    def _is_of(self, types: frozenset[str]) -> BoolArray:
        member = np.array([name in types for name in self.types.names] + [False], dtype=np.bool_)
        return member[self.types.codes]

    def _firsts(self, kind: IntArray) -> EventIndex:
        return self._by_lead.firsts(kind[self._by_lead.rows])

    def _first_responses_of_days(self) -> EventIndex:
        responses = self._select(self._by_lead, "response")
        return responses.firsts(responses.known_ms(np.arange(len(responses.keys))) // MS_PER_DAY)

    def _first_responses_of_people(self) -> EventIndex:
        responses = self._by_company.only(self._is_of(RESPONSE_TYPES)[self._by_company.rows])
        return responses.firsts(self._lead[responses.rows])
