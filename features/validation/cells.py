"""The cells of one declared column: read, then held against the rules of its declaration."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandera.pandas import Check, Column

from features.arrays import BoolArray
from features.faults import Fault
from features.instant import from_ms
from features.schema import allowed_values, column_kind
from features.validation.header import nearest
from features.validation.numbers import parse_numbers
from features.validation.raw import RawTable, Rule
from features.validation.text import as_column, as_text, stripped
from features.validation.times import ParsedTimes, parse_times

_LONGEST_SHOWN = 40
_NUMBER = Rule(
    "every value is a finite number",
    "Write numbers with a point, without units or marks between thousands, and leave unknown ones blank.",
)
_TIME = Rule("every time is written in ISO 8601", "Write times like 2024-03-31T09:30:00+09:00.")
_ONE_KIND = Rule(
    "times have an offset throughout or nowhere", "Write the offset of every time, or check the time zone.", "warning"
)


class DeclaredCells:
    """One declared column of a raw table on its way into a frame.

    Attributes
    ----------
    values : pandas.Series
        The cells in the declared type; missing where they are blank or wrong.
    faults : list of Fault
        What breaks the declaration.
    """

    def __init__(self, raw: RawTable, column: Column, position: int, zone: ZoneInfo) -> None:
        self._raw = raw
        self._column = column
        self._cells: pa.ChunkedArray = raw.cells.column(position)
        self._name = str(column.name)
        self.faults: list[Fault] = []
        self.values, self._wrong = self._read(zone)
        self._check()

    def _read(self, zone: ZoneInfo) -> tuple[pd.Series, BoolArray]:
        kind = column_kind(self._column)
        if kind == "time":
            times = parse_times(self._cells, zone)
            self._report(_TIME, times.wrong)
            self._report_mixed(times)
            return from_ms(times.instants_ms), times.wrong
        if kind == "number":
            numbers, wrong = parse_numbers(self._cells)
            self._report(_NUMBER, wrong)
            return pd.Series(numbers), wrong
        text = stripped(as_text(self._cells))
        lowered = pc.utf8_lower(text) if allowed_values(self._column) else text
        return as_column(lowered), np.zeros(len(text), dtype=np.bool_)

    def _report(self, rule: Rule, wrong: BoolArray) -> None:
        if wrong.any():
            self.faults.append(self._raw.fault(self._name, rule, self._shown(wrong), wrong))

    def _report_mixed(self, times: ParsedTimes) -> None:
        if times.local.any() and times.universal.any():
            found = f"{int(times.universal.sum()):,} with an offset and others without, read in the time zone"
            self.faults.append(self._raw.fault(self._name, _ONE_KIND, found, times.local))

    def _check(self) -> None:
        missing = self.values.isna().to_numpy() & ~self._wrong
        if not self._column.nullable and missing.any():
            rule = Rule("no row is blank", "Fill it in, or remove the rows.")
            self.faults.append(self._raw.fault(self._name, rule, "blanks", missing))
        if self._column.unique:
            self._check_unique()
        for check in self._column.checks:
            self._check_values(check)

    def _check_unique(self) -> None:
        repeated = (self.values.duplicated() & self.values.notna()).to_numpy()
        if repeated.any():
            rule = Rule("every row has an id of its own", "Merge or remove the rows that repeat an id.")
            self.faults.append(self._raw.fault(self._name, rule, "ids that stood in an earlier row", repeated))

    def _check_values(self, check: Check) -> None:
        passed: pd.Series = check(self.values).check_output
        wrong = np.zeros(len(self.values), dtype=np.bool_)
        wrong[passed.index[~passed.to_numpy(dtype=np.bool_)]] = True
        self._report(Rule(str(check.error), self._remedy(check, wrong)), wrong)

    def _remedy(self, check: Check, wrong: BoolArray) -> str:
        allowed = allowed_values(self._column)
        near = nearest(str(self.values[int(np.argmax(wrong))]), allowed) if allowed and wrong.any() else None
        hint = "" if near is None else f"Did you mean {near}? "
        return f"{hint}{check.description}"

    def _shown(self, wrong: BoolArray) -> str:
        """Quote the first wrong cell, unless it strayed in from a column of addresses."""
        value = as_text(self._cells.slice(int(np.argmax(wrong)), 1))[0].as_py()
        if "@" in value or len(value) > _LONGEST_SHOWN:
            return "other text"
        return repr(value.strip())
