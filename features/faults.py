"""What is wrong with a data source, told so that its owner can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that one column of one table breaks.

    Attributes
    ----------
    table : str
        The canonical table, or the file where no table could be read.
    column : str or None
        The column; None where the fault is the whole table's.
    rule : str
        What was required, in words.
    found : str
        What was there instead, with an example.
    rows : int
        How many rows break the rule; 0 where rows are not the point.
    first_row : int or None
        The first such row as a spreadsheet counts them (the header is row 1).
    remedy : str
        What to do next.
    severity : {"error", "warning"}
        An error stops the work, a warning is reported and the work goes on.
    """

    table: str
    column: str | None
    rule: str
    found: str
    remedy: str
    rows: int = 0
    first_row: int | None = None
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = self.table if self.column is None else f"{self.table}.{self.column}"
        return f"{place}: {self.rule}; found {self.found}{self._extent()}. {self.remedy}"

    def _extent(self) -> str:
        if not self.rows:
            return ""
        first = "" if self.first_row is None else f", first in row {self.first_row:,}"
        return f" ({self.rows:,} {'row' if self.rows == 1 else 'rows'}{first})"


class BadDataError(Exception):
    """A data source breaks its contract; carries every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
