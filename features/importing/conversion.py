"""The files of an export into raw canonical tables, told by a mapping."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pyarrow as pa

from features.importing.column_fates import tell_fates
from features.importing.file_rule import FileRule
from features.importing.filled_rows import FilledRows
from features.importing.findings import FileFinding, Findings
from features.importing.mapping import Mapping
from features.importing.source_table import SourceTable, source_table, without
from features.importing.table_filling import TableFiller
from features.schema import SCHEMAS
from features.validation import Origin, RawTable


@dataclass(frozen=True)
class Imported:
    """Raw canonical tables, and what was found while they were made."""

    tables: tuple[RawTable, ...]
    findings: Findings


def convert(mapping: Mapping, files: ReadOnly[str, Sequence[RawTable]], findings: Findings, time_zone: str) -> Imported:
    """Make canonical tables of the files of an export.

    Parameters
    ----------
    mapping : Mapping
        Says how.
    files : mapping of str to sequence of RawTable
        The files that there are, by the mapping's names, each under its own name.
    findings : Findings
        What the door found while fetching them; told more.
    time_zone : str
        IANA name; of times without an offset. One that is not known is told later, by the validation.
    """
    tables = {name: _read(mapping.files[name], raws, findings) for name, raws in files.items() if raws}
    filler = TableFiller(mapping, tables, _zone(time_zone), findings)
    made = [filled for rule in mapping.tables if (filled := filler.fill(rule)) is not None]
    tell_fates(mapping, tables, findings)
    names = [name for name in SCHEMAS if any(filled.rule.table == name for filled in made)]
    raws = [_stacked(name, [filled for filled in made if filled.rule.table == name], mapping.file) for name in names]
    return Imported(tuple(raws), findings)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _read(rule: FileRule, raws: Sequence[RawTable], findings: Findings) -> SourceTable:
    table = source_table(raws)
    kept = without(table, rule.leave_out)
    counts = np.bincount(kept.file_of_row, minlength=len(raws))
    findings.files.extend(
        FileFinding(raw.name, rule.name, raw.cells.num_rows, raw.cells.num_rows - int(count))
        for raw, count in zip(raws, counts, strict=True)
    )
    return kept


def _stacked(name: str, parts: Sequence[FilledRows], mapping: str) -> RawTable:
    """Put the rows that several rules made on top of each other."""
    columns = list(dict.fromkeys(column for part in parts for column in part.columns))
    cells = {column: _cells(column, parts) for column in columns}
    return RawTable(name, pa.table(cells), first_row=2, origin=_origin(parts, mapping))


def _cells(column: str, parts: Iterable[FilledRows]) -> pa.ChunkedArray:
    blanks = ((part.columns.get(column), len(part.source)) for part in parts)
    chunks = [pa.nulls(rows, pa.large_string()) if cells is None else cells for cells, rows in blanks]
    return pa.chunked_array(chunks, pa.large_string())


def _origin(parts: Sequence[FilledRows], mapping: str) -> Origin:
    before = np.cumsum([0, *(len(part.source.files) for part in parts)])
    return Origin(
        mapping=mapping,
        files=tuple(file for part in parts for file in part.source.files),
        file_of_row=np.concatenate(
            [part.source.file_of_row + ahead for part, ahead in zip(parts, before, strict=False)]
        ),
        row_numbers=np.concatenate([part.source.row_numbers for part in parts]),
        rule_of_row=np.repeat(np.arange(len(parts)), [len(part.source) for part in parts]),
        columns=tuple(part.places for part in parts),
        lines=tuple(part.rule.line for part in parts),
    )
