"""Where the rows of a table came from, when a mapping made them."""

from collections.abc import Mapping
from dataclasses import dataclass

from features.arrays import IntArray


@dataclass(frozen=True)
class Place:
    """Where a cell stood: the file, its column, and the line of the mapping that says so."""

    file: str
    column: str
    line: int


@dataclass(frozen=True)
class Origin:
    """The files behind the rows of a table, so that faults are told in the words of whoever exported them.

    Attributes
    ----------
    mapping : str
        The name of the mapping's file.
    files : tuple of str
        The files.
    file_of_row, row_numbers : numpy.ndarray
        int64, of each row: its file, and where it stands there as a spreadsheet counts.
    rule_of_row : numpy.ndarray
        int64, the rule of the mapping that made each row.
    columns : tuple of mapping of str to tuple
        By rule: the name in the file and the line of the mapping of each canonical column.
    lines : tuple of int
        Where each rule stands in the mapping.
    """

    mapping: str
    files: tuple[str, ...]
    file_of_row: IntArray
    row_numbers: IntArray
    rule_of_row: IntArray
    columns: tuple[Mapping[str, tuple[str, int]], ...]
    lines: tuple[int, ...]

    def place(self, column: str | None, position: int) -> Place:
        """Return where a cell of the row at a position stood; the whole row where no column is given."""
        rule = int(self.rule_of_row[position]) if len(self.rule_of_row) else 0
        file = self.files[int(self.file_of_row[position])] if len(self.file_of_row) else self.files[0]
        name, line = self.columns[rule].get(column or "", ("", self.lines[rule]))
        return Place(file, name, line)
