"""The activities of a source, searchable by lead and by company."""

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Final

import numpy as np

from features.arrays import IntArray, RowArray
from features.event_index import EventIndex, build_event_index
from features.named_streams import NamedStreams
from features.past import Past
from features.snapshots import Snapshots
from features.source import Source
from features.streams import MOST_SIDE_BY_SIDE, StreamLayout, stream_layout
from features.text_column import TextColumn

_MANY: Final = 100_000


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

    @cached_property
    def lead(self) -> RowArray:
        """The row number of each activity's lead, -1 where it is not known."""
        return self._source.lead_of("activities")

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
        if self._source.rows("activities") > _MANY:
            self._load_side_by_side()
        return build_event_index(self.lead, *self._instants, tie_break=self.types.codes)

    @cached_property
    def by_company(self) -> EventIndex:
        """The activities by the lead's company."""
        return build_event_index(np.append(self._company_of_lead, -1)[self.lead], *self._instants)

    def of_lead(self, snapshots: Snapshots) -> NamedStreams:
        """Return what the leads did up to each snapshot."""
        return self._streams(self.by_lead, snapshots.lead, snapshots)

    def of_company(self, snapshots: Snapshots) -> NamedStreams:
        """Return what the people of the leads' companies did up to each snapshot."""
        return self._streams(self.by_company, self._company_of_lead[snapshots.lead], snapshots)

    def _load_side_by_side(self) -> None:
        """Turn the columns into arrays on two cores: Arrow and NumPy let go of the interpreter meanwhile."""
        loads = (lambda: self.lead, lambda: self.types, lambda: self._instants)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda load: load(), loads))

    def _streams(self, index: EventIndex, owner: IntArray, snapshots: Snapshots) -> NamedStreams:
        return NamedStreams(Past(index, self._type_of_row, owner, snapshots.as_of_ms), self._layout)

    @cached_property
    def _type_of_row(self) -> RowArray:
        """The types in so few bytes that they are at hand, and sorted by counting."""
        types = self.types
        return types.codes.astype(np.int16) if len(types.names) < np.iinfo(np.int16).max else types.codes

    @cached_property
    def _layout(self) -> StreamLayout:
        """The streams; where there are very many, the most frequent first: features are made of those."""
        types = self.types
        if len(types.names) < MOST_SIDE_BY_SIDE // 2:
            return stream_layout(types.names, types.names)
        support = np.bincount(types.codes[types.codes >= 0], minlength=len(types.names))
        return stream_layout(types.names, tuple(types.names[code] for code in (-support).argsort(kind="stable")))

    @cached_property
    def _instants(self) -> tuple[IntArray, IntArray | None]:
        """When each activity became known, and when it occurred where that is not the same."""
        occurred = self._source.instants("activities", "occurred_at")
        recorded = self._source.instants("activities", "recorded_at")
        return (np.maximum(occurred, recorded), occurred) if (recorded > occurred).any() else (occurred, None)
