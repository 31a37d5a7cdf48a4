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
from features.text_column import TextColumn, text_column


class Records:
    """Everything that a source says about its leads, ready to be asked "as of when".

    Columns are turned into arrays when a feature first asks for them, and kept.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._texts: dict[tuple[str, str], TextColumn] = {}
        self._answers: dict[str, DatedRows] = {}
        self._changes: dict[str, tuple[DatedRows, TextColumn] | None] = {}
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
        ids = self.tables.leads["company_id"]
        known = self.tables.companies["company_id"]
        absent = pd.Index(ids.dropna().unique()).difference(pd.Index(known))
        every = pd.Index(known).append(absent)
        return _places(every, ids)

    @cached_property
    def activities(self) -> ActivityIndex:
        """The activities by lead and by company."""
        return ActivityIndex(self.tables.activities, self._lead_of("activities"), self.company_of_lead)

    @cached_property
    def stages(self) -> DatedRows:
        """The stages that each lead entered."""
        return self._dated("stage_history", "entered_at", "stage")

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

    def lead_text(self, column: str) -> TextColumn:
        """Return a column of the leads table as it stands now."""
        return self._text("leads", column)

    def company_text(self, column: str) -> TextColumn:
        """Return a column of the companies table."""
        return self._text("companies", column)

    def company_number(self, column: str) -> FloatArray:
        """Return a column of numbers of the companies table, one more row of NaN at the end for "no company"."""
        return np.append(self.tables.companies[column].to_numpy(dtype=np.float64), np.nan)

    def company_row(self, lead: IntArray) -> IntArray:
        """Return the row of the leads' companies in the companies table, -1 where there is none."""
        row = self.company_of_lead[lead]
        return np.where(row < len(self.tables.companies), row, -1)

    def answers(self, column: str) -> DatedRows:
        """Return the dated answers to one question of the qualifications table."""
        with self._lock:
            if column not in self._answers:
                self._answers[column] = self._dated("qualifications", "answered_at", column)
            return self._answers[column]

    def changes(self, column: str) -> tuple[DatedRows, TextColumn] | None:
        """Return the dated changes of a column of the leads table and the values before them; None without history."""
        with self._lock:
            if column not in self._changes:
                self._changes[column] = self._changes_of(column)
            return self._changes[column]

    def _text(self, table: str, column: str) -> TextColumn:
        with self._lock:
            if (table, column) not in self._texts:
                self._texts[table, column] = self._read_text(table, column)
            return self._texts[table, column]

    def _read_text(self, table: str, column: str) -> TextColumn:
        frame = self.tables.leads if table == "leads" else self.tables.companies
        if column not in frame:
            return TextColumn(np.full(len(frame), -1, dtype=np.int64), ())
        return text_column(frame[column])

    def _lead_of(self, table: str) -> IntArray:
        ids = getattr(self.tables, table)["lead_id"]
        return _places(pd.Index(self.tables.leads["lead_id"]), ids)

    def _dated(self, table: str, time: str, column: str) -> DatedRows:
        frame = getattr(self.tables, table)
        return dated_rows(self._lead_of(table), to_ms(frame[time]), text_column(frame[column]))

    def _changes_of(self, column: str) -> tuple[DatedRows, TextColumn] | None:
        history = self.tables.field_history
        of_column = (history["field"] == column).to_numpy(dtype=np.bool_)
        if not of_column.any():
            return None
        lead = np.where(of_column, self._lead_of("field_history"), -1)
        after = text_column(history["new_value"])
        changes = dated_rows(lead, to_ms(history["changed_at"]), after, keep_blank=True)
        return changes, text_column(history["old_value"])

    def _company_decisions(self, outcome: str) -> EventIndex:
        if "deals" in self.tables.present:
            deals = self.tables.deals
            direct = _places(pd.Index(self.tables.companies["company_id"]), deals["company_id"])
            company = np.where(direct >= 0, direct, np.append(self.company_of_lead, -1)[self._lead_of("deals")])
            return self._decided(deals, company, outcome)
        return self._decided(self.tables.leads, self.company_of_lead, outcome)

    def _decided(self, frame: pd.DataFrame, company: IntArray, outcome: str) -> EventIndex:
        owner = np.where((frame["outcome"] == outcome).to_numpy(dtype=np.bool_), company, -1)
        return build_event_index(owner, to_ms(frame["closed_at"]))


def _places(ids: pd.Index, wanted: pd.Series) -> IntArray:
    """Return where each wanted id stands among the ids, -1 where it does not."""
    return np.asarray(ids.get_indexer(pd.Index(wanted)), dtype=np.int64)
