"""The rows of a source as arrays, in the shape in which features ask for them."""

from functools import cached_property
from threading import Lock

import numpy as np

from features.activity_index import ActivityIndex
from features.answers import Answers
from features.arrays import FloatArray, IntArray
from features.dated_rows import DatedRows, dated_rows
from features.event_index import EventIndex, build_event_index
from features.remaining_source import RemainingSource
from features.source import Source
from features.table_source import TableSource
from features.tables import Tables
from features.text_column import TextColumn, all_names, renumbered
from features.text_history import TextHistory


class Records:
    """Everything that a source says about its leads, ready to be asked "as of when".

    Columns are turned into arrays when a feature first asks for them, and kept.
    """

    def __init__(self, source: Source, excluded: frozenset[str] = frozenset(), whole: "Records | None" = None) -> None:
        self.source = source
        self.excluded = excluded
        self._whole = whole

    @classmethod
    def of(cls, tables: Tables) -> "Records":
        """Return the records of validated tables."""
        return cls(TableSource(tables))

    def __len__(self) -> int:
        return self.source.rows("leads")

    def without(self, excluded: frozenset[str]) -> "Records":
        """Return the records as if some columns were blank and some types of activity had never happened.

        Parameters
        ----------
        excluded : frozenset of str
            As ``RemainingSource`` takes it.
        """
        if excluded == self.excluded:
            return self
        with self._lock:
            if excluded not in self._remaining:
                self._remaining[excluded] = Records(RemainingSource(self.source, excluded), excluded, self)
            return self._remaining[excluded]

    @cached_property
    def lead_ids(self) -> TextColumn:
        """The id of each lead."""
        return self.source.text("leads", "lead_id")

    @cached_property
    def created_ms(self) -> IntArray:
        """When each lead was created."""
        return self.source.instants("leads", "created_at")

    @cached_property
    def company_of_lead(self) -> IntArray:
        """The row number of each lead's company, -1 where it has none; companies without a row are numbered after."""
        return self.source.company_of("leads")

    @cached_property
    def activities(self) -> ActivityIndex:
        """The activities by lead and by company."""
        return ActivityIndex(self.source, self.company_of_lead)

    @cached_property
    def stages(self) -> DatedRows:
        """The stages that each lead entered."""
        entered_ms = self.source.instants("stage_history", "entered_at")
        return dated_rows(self.source.lead_of("stage_history"), entered_ms, self.source.text("stage_history", "stage"))

    @cached_property
    def leads_by_company(self) -> EventIndex:
        """The leads of each company, by creation."""
        return build_event_index(self.company_of_lead, self.created_ms)

    @cached_property
    def deals_opened(self) -> EventIndex:
        """The deals of each lead, by opening."""
        return build_event_index(self.source.lead_of("deals"), self.source.instants("deals", "created_at"))

    @cached_property
    def deals_closed(self) -> EventIndex:
        """The deals of each lead, by closing."""
        return build_event_index(self.source.lead_of("deals"), self.source.instants("deals", "closed_at"))

    @cached_property
    def company_wins(self) -> EventIndex:
        """The deals won with each company, by closing; won leads where the source has no deals."""
        return self._company_decisions("won")

    @cached_property
    def company_losses(self) -> EventIndex:
        """The deals lost with each company, by closing; lost leads where the source has no deals."""
        return self._company_decisions("lost")

    def lead_text(self, column: str) -> TextHistory:
        """Return a column of the leads table, with its changes where they are kept."""
        with self._lock:
            if column not in self._lead_texts:
                self._lead_texts[column] = self._history_of(column, self.source.text("leads", column))
            return self._lead_texts[column]

    def company_text(self, column: str) -> TextColumn:
        """Return a column of the companies table."""
        with self._lock:
            if column not in self._company_texts:
                self._company_texts[column] = self.source.text("companies", column)
            return self._company_texts[column]

    def company_number(self, column: str) -> FloatArray:
        """Return a column of numbers of the companies table, one more row of NaN at the end for "no company"."""
        with self._lock:
            if column not in self._company_numbers:
                numbers = self.source.numbers("companies", column)
                self._company_numbers[column] = np.concatenate((numbers, _NO_NUMBER))
            return self._company_numbers[column]

    def company_row(self, lead: IntArray) -> IntArray:
        """Return the row of the leads' companies in the companies table, -1 where there is none."""
        row = self.company_of_lead[lead]
        return np.where(row < self.source.rows("companies"), row, -1)

    @cached_property
    def answers(self) -> Answers:
        """The answers to our questions; read once for the features and the gates, unless some are excluded."""
        if self._whole is not None and not any(name.startswith("qualifications.") for name in self.excluded):
            return self._whole.answers
        return Answers(self.source)

    # Made when first asked for, once whatever thread asks: the records of a request with one lead never are.

    @cached_property
    def _lock(self) -> Lock:
        return Lock()

    @cached_property
    def _remaining(self) -> "dict[frozenset[str], Records]":
        return {}

    @cached_property
    def _lead_texts(self) -> dict[str, TextHistory]:
        return {}

    @cached_property
    def _company_texts(self) -> dict[str, TextColumn]:
        return {}

    @cached_property
    def _company_numbers(self) -> dict[str, FloatArray]:
        return {}

    @cached_property
    def _changed_fields(self) -> TextColumn:
        return self.source.text("field_history", "field")

    @cached_property
    def _changed_ms(self) -> IntArray:
        return self.source.instants("field_history", "changed_at")

    def _history_of(self, column: str, now: TextColumn) -> TextHistory:
        fields = self._changed_fields
        if column not in fields.names:
            return TextHistory(now, None, _NO_TEXT)
        rows = np.flatnonzero(fields.codes == fields.names.index(column))
        texts = now, *(self.source.text("field_history", side).take(rows) for side in ("old_value", "new_value"))
        names = all_names(*texts)
        now, before, after = (TextColumn(renumbered(text, names), names) for text in texts)
        lead = self.source.lead_of("field_history")[rows]
        return TextHistory(now, dated_rows(lead, self._changed_ms[rows], after, keep_blank=True), before)

    def _company_decisions(self, outcome: str) -> EventIndex:
        table = "deals" if self.source.has("deals") else "leads"
        company = self.company_of_lead if table == "leads" else self._company_of_deal()
        outcomes = self.source.text(table, "outcome")
        if outcome not in outcomes.names:
            return build_event_index(_NOBODY, _NOBODY)
        ended_so = outcomes.codes == outcomes.names.index(outcome)
        return build_event_index(np.where(ended_so, company, -1), self.source.instants(table, "closed_at"))

    def _company_of_deal(self) -> IntArray:
        """Return the company of each deal: its own, else its lead's."""
        own = self.source.company_of("deals")
        return np.where(own >= 0, own, np.append(self.company_of_lead, -1)[self.source.lead_of("deals")])


_NO_NUMBER = np.array([np.nan])
_NOBODY = np.empty(0, dtype=np.int64)
_NO_TEXT = TextColumn(_NOBODY, ())
