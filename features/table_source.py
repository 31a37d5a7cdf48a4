"""Validated tables as a source of records."""

import numpy as np

from features.arrays import FloatArray, IntArray, RowArray
from features.instant import to_ms
from features.tables import Tables
from features.text_column import TextColumn, places, text_column


class TableSource:
    """The frames of a data source, for any number of leads."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._leads: dict[str, RowArray] = {}

    def has(self, table: str) -> bool:
        """Tell whether the source has a table, be it empty."""
        return table in self._tables.present

    def rows(self, table: str) -> int:
        """Count the rows of a table."""
        return len(getattr(self._tables, table))

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of the columns of a table."""
        return tuple(map(str, getattr(self._tables, table).columns))

    def text(self, table: str, column: str) -> TextColumn:
        """Return a column of text; all missing where the table has no such column."""
        frame = getattr(self._tables, table)
        if column not in frame:
            return TextColumn(np.full(len(frame), -1, dtype=np.int32), ())
        return text_column(frame[column])

    def numbers(self, table: str, column: str) -> FloatArray:
        """Return a column of numbers, NaN where missing."""
        values: FloatArray = getattr(self._tables, table)[column].to_numpy(dtype=np.float64)
        return values

    def instants(self, table: str, column: str) -> IntArray:
        """Return a column of times in milliseconds since the epoch, ``MISSING_MS`` where missing."""
        return to_ms(getattr(self._tables, table)[column])

    def lead_of(self, table: str) -> RowArray:
        """Return the lead of each row of a table, -1 where it is none of the source's."""
        if table not in self._leads:
            self._leads[table] = places(self._tables.leads["lead_id"], getattr(self._tables, table)["lead_id"])
        return self._leads[table]

    def company_of(self, table: str) -> IntArray:
        """Return the company of each row of leads or deals; those without a row are numbered after."""
        ids, known = text_column(getattr(self._tables, table)["company_id"]), self._tables.companies["company_id"]
        place = places(known, ids.names).astype(np.int64)
        if table == "leads":
            absent = place < 0
            place[absent] = len(known) + np.arange(absent.sum())
        return np.append(place, -1)[ids.codes]
