"""The activities of a source, searchable by lead and by company."""

from functools import cached_property

import numpy as np

from features.arrays import BoolArray, IntArray
from features.event_index import EventIndex, build_event_index
from features.past import Past
from features.snapshots import Snapshots
from features.source import Source
from features.streams import types_of
from features.text_column import TextColumn


class ActivityIndex:
    """All activities, sorted once by lead and once by company.

    Parameters
    ----------
    source : Source
        Has the canonical table.
    company_of_lead : numpy.ndarray
        int64, the row number of each lead's company, -1 where there is none.
    """

    def __init__(self, source: Source, company_of_lead: IntArray) -> None:
        self._source = source
        self._company_of_lead = company_of_lead
        self.lead = source.lead_of("activities")

    @cached_property
    def types(self) -> TextColumn:
        """The type of each activity."""
        return self._source.text("activities", "type")

    @cached_property
    def agents(self) -> TextColumn:
        """Who of our people took part in each activity."""
        return self._source.text("activities", "agent")

    @cached_property
    def by_lead(self) -> EventIndex:
        """The activities by lead; of those at the same instant, the one whose type sorts last stands last."""
        return build_event_index(self.lead, *self._instants, tie_break=self.types.codes)

    @cached_property
    def by_company(self) -> EventIndex:
        """The activities by the lead's company."""
        return build_event_index(np.append(self._company_of_lead, -1)[self.lead], *self._instants)

    def past_of_lead(self, snapshots: Snapshots) -> Past:
        """Return what the leads did up to each snapshot."""
        return Past(self.by_lead, self.types.codes, snapshots.lead, snapshots.as_of_ms)

    def past_of_company(self, snapshots: Snapshots) -> Past:
        """Return what the people of the leads' companies did up to each snapshot."""
        company = self._company_of_lead[snapshots.lead]
        return Past(self.by_company, self.types.codes, company, snapshots.as_of_ms)

    def is_of(self, stream: str, past: Past) -> BoolArray:
        """Tell which events of a past belong to a stream."""
        types = types_of(stream)
        if types is None:
            return np.ones(len(past.types), dtype=np.bool_)
        # One comparison a type is quicker than one look-up an event: most streams are of a single type.
        codes = [code for code, name in enumerate(self.types.names) if name in types]
        return np.logical_or.reduce([past.types == code for code in codes]) if codes else past.types < 0

    @cached_property
    def _instants(self) -> tuple[IntArray, IntArray | None]:
        """When each activity became known, and when it occurred where that is not the same."""
        occurred = self._source.instants("activities", "occurred_at")
        recorded = self._source.instants("activities", "recorded_at")
        return (np.maximum(occurred, recorded), occurred) if (recorded > occurred).any() else (occurred, None)
