"""The rows of one lead as a source of records, without a frame: what a request brings along."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.instant import MISSING_MS
from features.text_column import TextColumn

Rows = Sequence[Mapping[str, Any]]

_FIRST: Final = np.zeros(1, dtype=np.int64)


class LeadSource:
    """One lead, its company and its history, from rows that are valid already.

    Parameters
    ----------
    rows : mapping of table to rows
        Text as ``str``, numbers as numbers, times as milliseconds since the epoch; None or a lacking key is missing.
        ``leads`` has one row, ``companies`` one or none; all other rows are the lead's.
    """

    def __init__(self, rows: Mapping[str, Rows]) -> None:
        self._rows = rows

    @property
    def tables(self) -> Mapping[str, Rows]:
        """The rows of every table there is."""
        return self._rows

    def has(self, table: str) -> bool:
        """Tell whether the source has a table, be it empty."""
        return table in self._rows

    def rows(self, table: str) -> int:
        """Count the rows of a table."""
        return len(self._rows.get(table, ()))

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of the columns of a table."""
        return tuple(sorted({column for row in self._rows.get(table, ()) for column in row}))

    def text(self, table: str, column: str) -> TextColumn:
        """Return a column of text."""
        rows = self._rows.get(table, ())
        if len(rows) == 1:
            text = rows[0].get(column)
            return _blank(1) if text is None else TextColumn(_FIRST, (str(text),))
        texts = [row.get(column) for row in rows]
        if texts.count(None) == len(texts):
            return _blank(len(texts))
        names = tuple(sorted({text for text in texts if text is not None}))
        place: dict[Any, int] = {name: code for code, name in enumerate(names)}
        place[None] = -1
        return TextColumn(np.array([place[text] for text in texts], dtype=np.int64), tuple(map(str, names)))

    def numbers(self, table: str, column: str) -> FloatArray:
        """Return a column of numbers, NaN where missing."""
        return np.array([row.get(column) for row in self._rows.get(table, ())], dtype=np.float64)

    def instants(self, table: str, column: str) -> IntArray:
        """Return a column of times in milliseconds since the epoch, ``MISSING_MS`` where missing."""
        times = [row.get(column) for row in self._rows.get(table, ())]
        if None in times:
            if times.count(None) == len(times):
                return _never(len(times))
            times = [MISSING_MS if time is None else time for time in times]
        return np.array(times, dtype=np.int64)

    def lead_of(self, table: str) -> IntArray:
        """Return zero for each row: there is but one lead."""
        return np.zeros(self.rows(table), dtype=np.int64)

    def company_of(self, table: str) -> IntArray:
        """Return zero for each row where the lead has a company, else -1."""
        has_company = bool(self._rows.get("companies")) or self._rows["leads"][0].get("company_id") is not None
        return np.full(self.rows(table), 0 if has_company else -1, dtype=np.int64)


@lru_cache(maxsize=1_024)
def _blank(rows: int) -> TextColumn:
    codes = np.full(rows, -1, dtype=np.int64)
    codes.flags.writeable = False
    return TextColumn(codes, ())


@lru_cache(maxsize=1_024)
def _never(rows: int) -> IntArray:
    instants = np.full(rows, MISSING_MS, dtype=np.int64)
    instants.flags.writeable = False
    return instants
