"""One raw table into one valid frame."""

from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa

from features.email_domain import domain_kind
from features.faults import Fault
from features.schema import SCHEMAS, becomes, kept_columns, missing_column
from features.validation.addresses import shared_addresses
from features.validation.cells import DeclaredCells
from features.validation.header import Header, read_header
from features.validation.raw import RawTable, Rule
from features.validation.text import as_column, as_text, without_blanks

_NO_TEXT_FORM = Rule("a custom field holds text, numbers or times", "Turn it into one of these.", "warning")
_WRONG_TYPE = Rule("the column holds text, numbers or times", "Turn it into the declared type.")


class RawTableReader:
    """Reads one raw table.

    Attributes
    ----------
    frame : pandas.DataFrame or None
        The declared columns and the custom fields; None where the header has errors.
    faults : list of Fault
        Everything wrong within the table.
    """

    def __init__(self, raw: RawTable, zone: ZoneInfo) -> None:
        self._raw = raw
        self._zone = zone
        header = read_header(raw)
        self.faults: list[Fault] = list(header.faults)
        self.frame = None if any(fault.severity == "error" for fault in header.faults) else self._read(header)

    def _read(self, header: Header) -> pd.DataFrame:
        columns = {name: self._declared(name, position) for name, position in header.declared.items()}
        for name, column in SCHEMAS[self._raw.name].columns.items():
            target = becomes(column)
            if target is not None and name in columns:
                self.faults.extend(shared_addresses(self._raw, name, columns[name]))
                columns[target] = domain_kind(columns[name])
        kept = kept_columns(self._raw.name)
        rows = self._raw.cells.num_rows
        frame = {
            name: columns[name] if name in columns else missing_column(column, rows) for name, column in kept.items()
        }
        for name, position in header.custom.items():
            text = self._custom(name, position)
            if text is not None:
                frame[name] = text
        return pd.DataFrame(frame)

    def _declared(self, name: str, position: int) -> pd.Series:
        column = SCHEMAS[self._raw.name].columns[name]
        try:
            cells = DeclaredCells(self._raw, column, position, self._zone)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            kind = self._raw.cells.column(position).type
            self.faults.append(self._raw.fault(name, _WRONG_TYPE, f"the type {kind}"))
            return missing_column(column, self._raw.cells.num_rows)
        self.faults.extend(cells.faults)
        return cells.values

    def _custom(self, name: str, position: int) -> pd.Series | None:
        cells = self._raw.cells.column(position)
        try:
            return as_column(without_blanks(as_text(cells)))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            self.faults.append(self._raw.fault(name, _NO_TEXT_FORM, f"the type {cells.type}, left out"))
            return None
