"""What is told of the times and numbers of a column: how they were read, or what to write so that they can be."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from features.arrays import BoolArray
from features.faults import Fault
from features.importing.clock_text import ClockText, Written
from features.importing.findings import Findings
from features.importing.mapping import Mapping
from features.importing.source_table import SourceTable

_READ_AS: Final[dict[Written, tuple[str, str]]] = {
    "excel": ("times are written as such", "days as a spreadsheet counts them"),
    "day first": ("times are in ISO 8601", "days before months"),
    "month first": ("times are in ISO 8601", "months before days"),
    "end of day": ("times have a clock", "days without one, of which each is known at its end"),
}


@dataclass(frozen=True)
class ColumnNotes:
    """Tells of one column.

    Attributes
    ----------
    source : SourceTable
        Its rows.
    column : str
        Its name in the file, with the one among ours.
    line : int
        Where it is mapped.
    mapping : Mapping
        The mapping.
    findings : Findings
        Told.
    """

    source: SourceTable
    column: str
    line: int
    mapping: Mapping
    findings: Findings

    def tell_times(self, cells: pa.Array, spelt: ClockText) -> None:
        """Tell how times were read, and which could not be."""
        for way, count in spelt.written.items():
            if way in _READ_AS:
                rule, found = _READ_AS[way]
                remedy = f"Nothing is to be done if that is right; else see {self.findings.line(self.line)}."
                self._tell(rule, f"{found}: {count:,}", remedy, "warning")
        rule = "it is said whether the day or the month comes first"
        remedy = f'Write dates = "day first" or "month first" in {self._line("dates")}.'
        self._refuse(cells, spelt.ambiguous, rule, remedy)
        rule = "it is said that numbers are days as a spreadsheet counts them"
        self._refuse(cells, spelt.serial, rule, f"Write excel_dates = true in {self._line('excel_dates')}.")

    def tell_mixed(self, local: BoolArray, universal: BoolArray) -> None:
        """Tell of times of which some have an offset and some have none."""
        if local.any() and universal.any():
            found = f"{int(universal.sum()):,} with an offset and others without, read in the time zone"
            remedy = "Write the offset of every time, or check the time zone."
            self._tell("times have an offset throughout or nowhere", found, remedy, "warning", local)

    def tell_moved(self, earliest: str, early: BoolArray) -> None:
        """Tell of times that were moved up to another one, before which they cannot be."""
        if early.any():
            rule = f"nothing closes before {earliest}"
            remedy = f"They count from {earliest} on; see {self.findings.line(self.line)}."
            self._tell(rule, "earlier times", remedy, "warning", early)

    def tell_commas(self, cells: pa.Array, unsaid: BoolArray) -> None:
        """Tell of numbers whose comma may be a decimal mark or stand between thousands."""
        remedy = f'Write decimal = "," or decimal = "." in {self._line("decimal")}.'
        self._refuse(cells, unsaid, "it is said what a comma in a number stands for", remedy)

    def _refuse(self, cells: pa.Array, wrong: BoolArray, rule: str, remedy: str) -> None:
        if wrong.any():
            first = int(np.argmax(wrong))
            self._tell(rule, repr(cells[first].as_py()), remedy, "error", wrong)

    def _tell(self, rule: str, found: str, remedy: str, severity: str, wrong: BoolArray | None = None) -> None:
        first = 0 if wrong is None else int(np.argmax(wrong))
        fault = Fault(
            table=self.source.files[self.source.file_of_row[first]] if len(self.source) else self.source.file,
            column=self.column,
            rule=rule,
            found=found,
            remedy=remedy,
            rows=0 if wrong is None else int(wrong.sum()),
            first_row=None if wrong is None else int(self.source.row_numbers[first]),
            severity="error" if severity == "error" else "warning",
        )
        self.findings.faults.append(fault)

    def _line(self, key: str) -> str:
        return self.findings.line(self.mapping.formats.lines[key])
