"""What became of the columns that did not become one of ours."""

from collections.abc import Iterator

from features.importing.field_names import MentionedColumns
from features.importing.findings import ColumnFinding, Findings
from features.importing.folded import folded_name
from features.importing.mapping import Mapping
from features.importing.source_table import SourceTable


def tell_fates(mapping: Mapping, tables: dict[str, SourceTable], findings: Findings) -> None:
    """Tell the fate of every column once: what it becomes, and where nothing, whether it is dropped, used or unread."""
    told: dict[tuple[str, str], ColumnFinding] = {}
    for finding in findings.columns:
        key = finding.file, finding.column
        becomes = (*told[key].becomes, *finding.becomes) if key in told else finding.becomes
        told[key] = ColumnFinding(*key, finding.fate, tuple(dict.fromkeys(becomes)))
    findings.columns[:] = [finding for name, table in tables.items() for finding in _fates(mapping, name, table, told)]


def _fates(
    mapping: Mapping, name: str, table: SourceTable, told: dict[tuple[str, str], ColumnFinding]
) -> Iterator[ColumnFinding]:
    mentioned = MentionedColumns(mapping, name)
    for column in table.cells:
        reason = mapping.files[name].drop_reason(folded_name(column))
        if (table.file, column) in told:
            yield told[table.file, column]
        elif reason is not None:
            yield ColumnFinding(table.file, column, "dropped", reason=reason)
        else:
            yield ColumnFinding(table.file, column, "used" if column in mentioned else "unread")
