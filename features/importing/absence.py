"""What is told of columns that a mapping reads and an export does not have."""

from typing import Literal

from features.faults import Fault
from features.importing.column_rule import ColumnRule
from features.importing.field_names import MentionedColumns
from features.importing.file_rule import RowRule
from features.importing.findings import AbsentFinding, Findings
from features.importing.folded import folded_name
from features.importing.mapping import Mapping, TableRule
from features.importing.source_table import SourceTable
from features.schema import SCHEMAS
from features.validation import nearest


class Absence:
    """Tells of columns that are not there.

    A required column is an error, unless its whole rule is optional. Another one is an error where the mapping refuses
    absent columns, and else worth a warning where a column of nearly that name is there that nobody reads.
    """

    def __init__(self, mapping: Mapping, findings: Findings) -> None:
        self._mapping = mapping
        self._findings = findings

    def tell_column(self, rule: TableRule, column: ColumnRule, source: SourceTable) -> None:
        """Tell that none of the columns that could fill one of ours is there."""
        declared = SCHEMAS[rule.table].columns.get(column.target)
        is_required = declared is not None and declared.required
        name, target = column.ways[0].column, f"{rule.table}.{column.target}"
        self._findings.absent.append(AbsentFinding(source.file, name, target, column.line))
        if rule.optional:
            return
        near = self._near(name, source)
        if is_required or self._mapping.absent_columns == "refuse":
            self._add(source, name, target, near, column.line, "error")
        elif near is not None:
            self._add(source, name, target, near, column.line, "warning")

    def tell_filter(self, rule: TableRule, row_rule: RowRule, source: SourceTable) -> None:
        """Tell that the column is not there by which rows are chosen."""
        name = row_rule.column
        self._findings.absent.append(AbsentFinding(source.file, name, rule.table, row_rule.line))
        if not rule.optional:
            self._add(source, name, rule.table, self._near(name, source), row_rule.line, "error")

    def _near(self, name: str, source: SourceTable) -> str | None:
        mentioned = MentionedColumns(self._mapping)
        unread = {folded_name(column): column for column in source.cells if column not in mentioned}
        near = nearest(folded_name(name), unread)
        return None if near is None else unread[near]

    def _add(
        self,
        source: SourceTable,
        name: str,
        target: str,
        near: str | None,
        line: int,
        severity: Literal["error", "warning"],
    ) -> None:
        hint = "Export it" if near is None else f"Did you mean {near!r}? Rename it"
        remedy = f"{hint}, or name the right column in {self._findings.line(line)}."
        found = f"none of that name among {len(source.cells)}" if near is None else f"a column {near!r}"
        fault = Fault(source.file, name, f"the column is there, for {target}", found, remedy, severity=severity)
        self._findings.faults.append(fault)
