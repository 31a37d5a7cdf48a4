"""Raw tables: the cells of a source before anything is known about them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from features.arrays import BoolArray
from features.faults import Fault
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
    """

    name: str
    cells: pa.Table
    first_row: int
    left_out: tuple[int, ...] = ()

    def row_number(self, position: int) -> int:
        """Return the row of the record at the position, as a spreadsheet shows it."""
        number = position + self.first_row
        for line in self.left_out:
            number += line <= number
        return number

    def fault(self, column: str | None, rule: Rule, found: str, wrong: BoolArray | None = None) -> Fault:
        """Return the breach of a rule; ``wrong`` marks the rows where it is about rows."""
        rows = 0 if wrong is None else int(wrong.sum())
        first_row = None if wrong is None else self.row_number(int(np.argmax(wrong)))
        return Fault(self.name, column, rule.requires, found, rule.remedy, rows, first_row, rule.severity)


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
