"""Raw tables: the cells of a source before anything is known about them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from features.arrays import BoolArray
from features.faults import Fault
from features.validation.origin import Origin
from features.validation.text import text_of


@dataclass(frozen=True)
class Rule:
    """What is required, and what to do where it is not so."""

    requires: str
    remedy: str
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class RawTable:
    """The cells of one table, text or native types.

    Attributes
    ----------
    name : str
        The canonical table.
    cells : pyarrow.Table
        Columns under the names of the source, which may repeat.
    first_row : int
        The number of the first record: 2 below a header line, 1 where there is none.
    left_out : tuple of int
        Numbers of the lines that hold no record, rising.
    origin : Origin or None
        Where the rows came from, if a mapping made them.
    """

    name: str
    cells: pa.Table
    first_row: int
    left_out: tuple[int, ...] = ()
    origin: Origin | None = None

    def row_number(self, position: int) -> int:
        """Return the row of the record at the position, as a spreadsheet shows it."""
        number = position + self.first_row
        for line in self.left_out:
            number += line <= number
        return number

    def fault(self, column: str | None, rule: Rule, found: str, wrong: BoolArray | None = None) -> Fault:
        """Return the breach of a rule; ``wrong`` marks the rows where it is about rows."""
        rows = 0 if wrong is None else int(wrong.sum())
        first = None if wrong is None else int(np.argmax(wrong))
        if self.origin is not None:
            return self._fault_at(self.origin, column, rule, found, rows, first)
        first_row = None if first is None else self.row_number(first)
        return Fault(self.name, column, rule.requires, found, rule.remedy, rows, first_row, rule.severity)

    def _fault_at(
        self, origin: Origin, column: str | None, rule: Rule, found: str, rows: int, first: int | None
    ) -> Fault:
        """Return the fault in the words of the files that a mapping read."""
        place = origin.place(column, first or 0)
        canonical = self.name if column is None else f"{self.name}.{column}"
        told = f"{place.column} ({canonical})" if place.column else canonical
        first_row = None if first is None else int(origin.row_numbers[first])
        remedy = f"{rule.remedy} It is mapped in line {place.line} of {origin.mapping}."
        return Fault(place.file, told, rule.requires, found, remedy, rows, first_row, rule.severity)


def raw_from_frame(name: str, frame: pd.DataFrame) -> RawTable:
    """Take a frame of any reasonable dtypes as raw cells; its index is ignored."""
    columns = [_cells(frame.iloc[:, position]) for position in range(frame.shape[1])]
    return RawTable(name, pa.Table.from_arrays(columns, names=[str(column) for column in frame.columns]), first_row=1)


def _cells(column: pd.Series) -> pa.Array:
    if column.dtype == object:
        return _texts(column)
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        clock = pa.array(column.dt.tz_convert(None).to_numpy(), from_pandas=True)
        return clock.cast(pa.timestamp(clock.type.unit, "UTC"))
    try:
        return pa.Array.from_pandas(column)
    except pa.ArrowException:  # a dtype that Arrow does not know
        return _texts(column)


def _texts(column: pd.Series) -> pa.Array:
    texts = [text_of(value) for value in column]
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError:  # half a character, as JSON may spell one
        whole = [None if text is None else text.encode(errors="replace").decode() for text in texts]
        return pa.array(whole, pa.large_string())
