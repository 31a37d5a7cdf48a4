"""The rows of a file of an export, under the names that they have there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray, IntArray
from features.importing.file_rule import RowRule
from features.importing.folded import folded_name, holding
from features.validation import RawTable, as_text, stripped


@dataclass
class SourceTable:
    """Rows of one kind of file.

    Attributes
    ----------
    files : tuple of str
        The files that they came from.
    file_of_row, row_numbers : numpy.ndarray
        int64, of each row: its file, and where it stands there as a spreadsheet counts.
    cells : dict of str to pyarrow.ChunkedArray
        Of any type, by the name of the column.
    texts : dict of str to pyarrow.Array
        Those that have been turned into text.
    """

    files: tuple[str, ...]
    file_of_row: IntArray
    row_numbers: IntArray
    cells: dict[str, pa.ChunkedArray]
    texts: dict[str, pa.Array] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row_numbers)

    @property
    def file(self) -> str:
        """The file, or the files, as they are told."""
        return " and ".join(self.files)

    def named(self, name: str) -> str | None:
        """Return the column that goes by a name, in whatever case and with whatever marks; None where there is none."""
        if name in self.cells:
            return name
        folded = folded_name(name)
        return next((column for column in self.cells if folded and folded_name(column) == folded), None)

    def text(self, column: str) -> pa.Array:
        """Return the cells of a column as text without white space around it; blank is missing."""
        if column not in self.texts:
            self.texts[column] = _combined(stripped(as_text(self.cells[column])))
        return self.texts[column]

    def take(self, rows: IntArray) -> "SourceTable":
        """Return some of the rows, in the order asked for."""
        cells = {name: column.take(pa.array(rows)) for name, column in self.cells.items()}
        return SourceTable(self.files, self.file_of_row[rows], self.row_numbers[rows], cells)

    def rows_only(self, rows: IntArray) -> "SourceTable":
        """Return where some of the rows stand, without their cells."""
        return SourceTable(self.files, self.file_of_row[rows], self.row_numbers[rows], {})

    def meant(self, rule: RowRule) -> BoolArray | None:
        """Return which rows a rule means; None where there is no such column."""
        column = self.named(rule.column)
        if column is None:
            return None
        return holding(self.text(column), rule.values, anything=rule.filled)


def source_table(raws: Sequence[RawTable]) -> SourceTable:
    """Put files of one kind on top of each other; a column that one of them lacks is blank there."""
    names = list(dict.fromkeys(name for raw in raws for name in raw.cells.column_names))
    return SourceTable(
        files=tuple(raw.name for raw in raws),
        file_of_row=np.repeat(np.arange(len(raws)), [raw.cells.num_rows for raw in raws]),
        row_numbers=np.concatenate([_row_numbers(raw) for raw in raws]),
        cells={name: _stacked([_column(raw, name) for raw in raws]) for name in names},
    )


def _row_numbers(raw: RawTable) -> IntArray:
    numbers = np.arange(raw.first_row, raw.first_row + raw.cells.num_rows + len(raw.left_out))
    return np.setdiff1d(numbers, np.array(raw.left_out, dtype=np.int64), assume_unique=True)[: raw.cells.num_rows]


def _column(raw: RawTable, name: str) -> pa.ChunkedArray:
    if name in raw.cells.column_names:
        return raw.cells.column(raw.cells.column_names.index(name))
    return pa.chunked_array([pa.nulls(raw.cells.num_rows, pa.large_string())])


def _stacked(columns: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    if len(columns) == 1:
        return columns[0]
    return pa.chunked_array([chunk for column in columns for chunk in as_text(column).chunks], pa.large_string())


def _combined(cells: pa.ChunkedArray) -> pa.Array:
    return pc.cast(cells, pa.large_string()).combine_chunks() if cells.num_chunks != 1 else cells.chunk(0)


def without(table: SourceTable, rules: Iterable[RowRule]) -> SourceTable:
    """Return the rows that none of the rules means; a rule for a column that is not there means none."""
    kept = np.ones(len(table), dtype=np.bool_)
    for rule in rules:
        meant = table.meant(rule)
        if meant is not None:
            kept &= ~meant
    return table if kept.all() else table.take(np.flatnonzero(kept))
