"""Rows of a canonical table, made of the rows of a file by one rule."""

from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from features.importing.absence import Absence
from features.importing.cell_filling import Filler
from features.importing.clock_text import clock_order
from features.importing.column_rule import ColumnRule
from features.importing.custom_text import custom_text
from features.importing.field_names import MentionedColumns, custom_name
from features.importing.filled_rows import FilledRows, one_row_each, told_apart
from features.importing.findings import ColumnFinding, Findings, RowFinding
from features.importing.joining import Joiner
from features.importing.mapping import Mapping, TableRule
from features.importing.source_table import SourceTable, without
from features.schema import SCHEMAS


class TableFiller:
    """Makes rows of canonical tables.

    Parameters
    ----------
    mapping : Mapping
        Says how.
    tables : dict of str to SourceTable
        The files by the mapping's names.
    zone : zoneinfo.ZoneInfo
        Of times without an offset.
    findings : Findings
        Told what was found.
    """

    def __init__(self, mapping: Mapping, tables: dict[str, SourceTable], zone: ZoneInfo, findings: Findings) -> None:
        self._mapping = mapping
        self._tables = tables
        self._zone = zone
        self._findings = findings
        self._absence = Absence(mapping, findings)
        self._joiner = Joiner(tables, findings)

    def fill(self, rule: TableRule) -> FilledRows | None:
        """Return the rows that a rule makes; None where its file is absent or lacks what is required."""
        table = self._tables.get(rule.file)
        source = None if table is None else self._chosen(rule, table)
        if table is None or source is None:
            return None
        filler = Filler(self._mapping, rule.table, source, self._joiner, self._findings, self._zone, {})
        places = self._places(rule, filler)
        declared = SCHEMAS[rule.table].columns
        if not all(name in places for name, column in declared.items() if column.required):
            return None
        columns = {**filler.filled, **self._custom(rule, source)}
        return self._finished(FilledRows(rule, source, columns, places), len(table))

    def _chosen(self, rule: TableRule, table: SourceTable) -> SourceTable | None:
        """Return the rows that the rule takes; None where the column that tells them is not there."""
        kept = np.ones(len(table), dtype=np.bool_)
        for row_rule in rule.only:
            meant = table.meant(row_rule)
            if meant is None:
                self._absence.tell_filter(rule, row_rule, table)
                return None
            kept &= meant
        chosen = without(table if kept.all() else table.take(np.flatnonzero(kept)), rule.leave_out)
        order = chosen.named(rule.order)
        if order is not None:
            chosen = chosen.take(np.argsort(clock_order(chosen.text(order)), kind="stable"))
        return one_row_each(chosen, rule) if rule.each else chosen

    def _places(self, rule: TableRule, filler: Filler) -> dict[str, tuple[str, int]]:
        """Fill every column; return where each came from."""
        places = {}
        for column in rule.columns:
            place = filler.fill(column)
            if place is None:
                self._absence.tell_column(rule, column, filler.source)
            else:
                places[column.target] = place
                self._tell_mapped(rule, column, filler.source)
        return places

    def _custom(self, rule: TableRule, source: SourceTable) -> dict[str, pa.Array]:
        """Return the columns that the mapping does not mention, under the names of custom fields."""
        if not rule.keeps_others:
            return {}
        mentioned = MentionedColumns(self._mapping, rule.file)
        free = [name for name in source.cells if name.strip() and name not in mentioned]
        names = [custom_name(name.strip(), self._mapping) for name in free]
        custom = {}
        for column, short in zip(free, names, strict=True):
            name = short if names.count(short) == 1 else column.strip()
            custom[name] = custom_text(source.text(column), self._mapping.formats)
            self._findings.columns.append(ColumnFinding(source.file, column, "custom", (f"{rule.table}.{name}",)))
        return custom

    def _finished(self, filled: FilledRows, rows: int) -> FilledRows:
        """Leave out rows that lack what they need, and put rows together that are to be one."""
        rule = filled.rule
        kept = np.ones(len(filled.source), dtype=np.bool_)
        for name in rule.needs:
            kept &= filled.has(name)
        if rule.needs_any:
            kept &= np.logical_or.reduce([filled.has(name) for name in rule.needs_any])
        made = told_apart(filled.take(np.flatnonzero(kept)))
        if rule.one_row_per in made.columns:
            made = made.with_one_row_per(rule.one_row_per)
        if rule.changes_of in made.columns:
            made = made.changes_of(rule.changes_of)
        counts = len(made.source), int((~kept).sum())
        self._findings.rows.append(RowFinding(filled.source.file, rule.table, rows, *counts, rule.line))
        return made

    def _tell_mapped(self, rule: TableRule, column: ColumnRule, source: SourceTable) -> None:
        for way in column.ways:
            name = source.named(way.column) if way.column else None
            if name is not None:
                becomes = (f"{rule.table}.{column.target}",)
                self._findings.columns.append(ColumnFinding(source.file, name, "mapped", becomes))
