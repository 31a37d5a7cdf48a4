"""The rows of a source as arrays, in the shape in which features ask for them."""

from functools import cached_property
from threading import Lock

import numpy as np
import pandas as pd

from features.activity_index import ActivityIndex
from features.arrays import FloatArray, IntArray
from features.dated_rows import DatedRows, dated_rows
from features.event_index import EventIndex, build_event_index
from features.instant import to_ms
from features.tables import Tables
from features.text_column import TextColumn, all_names, places, renumbered, text_column
from features.text_history import TextHistory


class Records:
    """Everything that a source says about its leads, ready to be asked "as of when".

    Columns are turned into arrays when a feature first asks for them, and kept.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._lead_texts: dict[str, TextHistory] = {}
        self._company_texts: dict[str, TextColumn] = {}
        self._answers: dict[str, DatedRows] = {}
        self._leads: dict[str, IntArray] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self.tables.leads)

    @cached_property
    def created_ms(self) -> IntArray:
        """When each lead was created."""
        return to_ms(self.tables.leads["created_at"])

    @cached_property
    def company_of_lead(self) -> IntArray:
        """The row number of each lead's company, -1 where it has none; companies without a row are numbered after."""
        ids, known = text_column(self.tables.leads["company_id"]), self.tables.companies["company_id"]
        place = places(known, ids.names)
        absent = place < 0
        place[absent] = len(known) + np.arange(absent.sum())
        return np.append(place, -1)[ids.codes]

    @cached_property
    def activities(self) -> ActivityIndex:
        """The activities by lead and by company."""
        return ActivityIndex(self.tables.activities, self._lead_of("activities"), self.company_of_lead)

    @cached_property
    def stages(self) -> DatedRows:
        """The stages that each lead entered."""
        history = self.tables.stage_history
        return dated_rows(self._lead_of("stage_history"), to_ms(history["entered_at"]), text_column(history["stage"]))

    @cached_property
    def leads_by_company(self) -> EventIndex:
        """The leads of each company, by creation."""
        return build_event_index(self.company_of_lead, self.created_ms)

    @cached_property
    def deals_opened(self) -> EventIndex:
        """The deals of each lead, by opening."""
        return build_event_index(self._lead_of("deals"), to_ms(self.tables.deals["created_at"]))

    @cached_property
    def deals_closed(self) -> EventIndex:
        """The deals of each lead, by closing."""
        return build_event_index(self._lead_of("deals"), to_ms(self.tables.deals["closed_at"]))

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
                self._lead_texts[column] = self._history_of(column, self._read_text("leads", column))
            return self._lead_texts[column]

    def company_text(self, column: str) -> TextColumn:
        """Return a column of the companies table."""
        with self._lock:
            if column not in self._company_texts:
                self._company_texts[column] = self._read_text("companies", column)
            return self._company_texts[column]

    def company_number(self, column: str) -> FloatArray:
        """Return a column of numbers of the companies table, one more row of NaN at the end for "no company"."""
        return np.append(self.tables.companies[column].to_numpy(dtype=np.float64), np.nan)

    def company_row(self, lead: IntArray) -> IntArray:
        """Return the row of the leads' companies in the companies table, -1 where there is none."""
        row = self.company_of_lead[lead]
        return np.where(row < len(self.tables.companies), row, -1)

    @cached_property
    def answered_ms(self) -> IntArray:
        """When each row of the qualifications table was answered."""
        return to_ms(self.tables.qualifications["answered_at"])

    def answers(self, column: str) -> DatedRows:
        """Return the dated answers to one question of the qualifications table."""
        with self._lock:
            if column not in self._answers:
                self._answers[column] = self._answers_to(column)
            return self._answers[column]

    def _read_text(self, table: str, column: str) -> TextColumn:
        frame = self.tables.leads if table == "leads" else self.tables.companies
        if column not in frame:
            return TextColumn(np.full(len(frame), -1, dtype=np.int64), ())
        return text_column(frame[column])

    def _lead_of(self, table: str) -> IntArray:
        """Return the row of the lead of each row of a table."""
        if table not in self._leads:
            ids = getattr(self.tables, table)["lead_id"]
            self._leads[table] = places(self.tables.leads["lead_id"], ids)
        return self._leads[table]

    def _answers_to(self, column: str) -> DatedRows:
        text = text_column(self.tables.qualifications[column])
        return dated_rows(self._lead_of("qualifications"), self.answered_ms, text)

    @cached_property
    def _changed_fields(self) -> TextColumn:
        return text_column(self.tables.field_history["field"])

    @cached_property
    def _changed_ms(self) -> IntArray:
        return to_ms(self.tables.field_history["changed_at"])

    def _history_of(self, column: str, now: TextColumn) -> TextHistory:
        fields, history = self._changed_fields, self.tables.field_history
        if column not in fields.names:
            return TextHistory(now, None, TextColumn(np.empty(0, dtype=np.int64), now.names))
        rows = np.flatnonzero(fields.codes == fields.names.index(column))
        texts = now, *(text_column(history[side].array[rows]) for side in ("old_value", "new_value"))
        names = all_names(*texts)
        now, before, after = (TextColumn(renumbered(text, names), names) for text in texts)
        lead = self._lead_of("field_history")[rows]
        return TextHistory(now, dated_rows(lead, self._changed_ms[rows], after, keep_blank=True), before)

    def _company_decisions(self, outcome: str) -> EventIndex:
        if "deals" in self.tables.present:
            deals = self.tables.deals
            direct = places(self.tables.companies["company_id"], deals["company_id"])
            company = np.where(direct >= 0, direct, np.append(self.company_of_lead, -1)[self._lead_of("deals")])
            return self._decided(deals, company, outcome)
        return self._decided(self.tables.leads, self.company_of_lead, outcome)

    def _decided(self, frame: pd.DataFrame, company: IntArray, outcome: str) -> EventIndex:
        owner = np.where((frame["outcome"] == outcome).to_numpy(dtype=np.bool_), company, -1)
        return build_event_index(owner, to_ms(frame["closed_at"]))
