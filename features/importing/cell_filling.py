"""One column of a canonical table, filled from the columns of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray
from features.faults import Fault
from features.importing.clock_text import clock_text
from features.importing.column_notes import ColumnNotes
from features.importing.column_rule import CellRule, ColumnRule
from features.importing.decimal_text import has_unsaid_comma, plain_numbers, scaled
from features.importing.field_names import custom_name, names_of_fields
from features.importing.filled_rows import first_ids
from features.importing.findings import Findings, JoinFinding
from features.importing.folded import folded_name, holding
from features.importing.joining import Joiner
from features.importing.mapping import Mapping
from features.importing.source_table import SourceTable
from features.importing.translating import translated
from features.instant import MISSING_MS
from features.schema import SCHEMAS, column_kind
from features.validation import ParsedTimes, marks, parse_times

_NOTHING: Final = pa.scalar(None, pa.large_string())
_STARTS: Final = frozenset({"created_at"})
"""A day without a clock stands for its start in these, and for its end elsewhere."""


@dataclass
class Filler:
    """Fills the columns of one rule.

    Attributes
    ----------
    mapping : Mapping
        Says how.
    table : str
        The canonical table.
    source : SourceTable
        The rows.
    joiner : Joiner
        Finds rows of other files.
    findings : Findings
        Told what was found.
    zone : zoneinfo.ZoneInfo
        Of times without an offset.
    filled : dict of str to pyarrow.Array
        What has been filled so far.
    """

    mapping: Mapping
    table: str
    source: SourceTable
    joiner: Joiner
    findings: Findings
    zone: ZoneInfo
    filled: dict[str, pa.Array]

    def fill(self, rule: ColumnRule) -> tuple[str, int] | None:
        """Fill a column; return the first of its sources with its line, None where the file has none of them."""
        sources = [(way, self._source_of(way)) for way in rule.ways]
        there = [(way, column) for way, column in sources if column is not None]
        if not there:
            return None
        joins_before = len(self.findings.joins)
        result = pa.nulls(len(self.source), pa.large_string())
        for way, column in there:
            result = pc.coalesce(result, self._cells(way, column, rule.target, marks(pc.is_null(result))))
        self.filled[rule.target] = result
        is_blank = result.null_count == len(self.source)
        self._tell_joins(self.findings.joins[joins_before:], rule, is_blank=is_blank)
        return there[0][1], there[0][0].line

    def _tell_joins(self, joins: Sequence[JoinFinding], rule: ColumnRule, *, is_blank: bool) -> None:
        """Tell of joins that found nothing: an error where nothing else fills the column."""
        for join in joins:
            if join.found_nothing:
                remedy = f"Correct the key below [joins.{join.join}] in {self.findings.line(join.line)}."
                found = f"nothing for any of {join.keys:,}, such as {join.example}"
                told = f"the join {join.join} finds {self.table}.{rule.target}"
                severity: Literal["error", "warning"] = "error" if is_blank else "warning"
                self.findings.faults.append(Fault(*join.place, told, found, remedy, severity=severity))

    def _source_of(self, way: CellRule) -> str | None:
        return "" if way.constant is not None else self.source.named(way.column)

    def _cells(self, way: CellRule, column: str, target: str, wanted: BoolArray) -> pa.Array:
        """Fill the wanted cells in one way; what is told of it is about them only."""
        for name, values in way.only_where.items():
            wanted = wanted & self._holds(name, values)
        if way.constant is not None:
            return pc.if_else(pa.array(wanted), pa.scalar(way.constant, pa.large_string()), _NOTHING)
        cells = _without(self.source.text(column), ~wanted)
        if way.first_id:
            cells = first_ids(cells)
        for join in way.joins:
            cells = self.joiner.follow(join, cells, (self.source.file, column))
        if way.field_name:
            cells = self._field_names(cells)
        told = f"{column} ({self.table}.{target})"
        cells = translated(cells, way, self.source, told, self.findings)
        notes = ColumnNotes(self.source, told, way.line, self.mapping, self.findings)
        cells = self._typed(way, cells, target, notes)
        return self._moved(cells, way.not_before, notes) if way.not_before in self.filled else cells

    def _typed(self, way: CellRule, cells: pa.Array, target: str, notes: ColumnNotes) -> pa.Array:
        """Spell times and numbers in the one way that is read."""
        declared = SCHEMAS[self.table].columns.get(target)
        kind = "text" if declared is None else column_kind(declared)
        if kind == "time":
            return self._times(cells, target, notes)
        if kind == "number" or way.factor != (1.0, 1.0):
            plain = plain_numbers(cells, self.mapping.formats.decimal)
            unsaid = has_unsaid_comma(plain)
            notes.tell_commas(plain, unsaid)
            return scaled(_without(plain, unsaid), *way.factor)
        return cells

    def _times(self, cells: pa.Array, target: str, notes: ColumnNotes) -> pa.Array:
        formats = self.mapping.formats
        spelt = clock_text(cells, formats.dates, excel=formats.excel_dates, end_of_day=target not in _STARTS)
        notes.tell_times(cells, spelt)
        cells = _without(spelt.text, spelt.ambiguous | spelt.serial)
        times = parse_times(pa.chunked_array([cells]), self.zone)
        notes.tell_mixed(times.local & ~spelt.days, times.universal)
        return _with_offset(cells, times)

    def _holds(self, column: str, values: frozenset[str]) -> BoolArray:
        if column not in self.filled:
            return np.zeros(len(self.source), dtype=np.bool_)
        return holding(self.filled[column], values)

    def _moved(self, cells: pa.Array, earliest: str, notes: ColumnNotes) -> pa.Array:
        """Move times up to the earliest possible."""
        parts = cells, self.filled[earliest]
        times, least = (parse_times(pa.chunked_array([part]), self.zone).instants_ms for part in parts)
        early = (times < least) & (times != MISSING_MS)
        notes.tell_moved(earliest, early)
        return pc.if_else(pa.array(early), self.filled[earliest], cells)

    def _field_names(self, cells: pa.Array) -> pa.Array:
        known = names_of_fields(self.mapping)
        encoded = cells.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        names = [known.get(folded_name(text), custom_name(text, self.mapping)) for text in texts]
        return pa.array(names, pa.large_string()).take(encoded.indices)


def _with_offset(cells: pa.Array, times: ParsedTimes) -> pa.Array:
    """Write times of the zone with their offset, so that they can stand beside those of other files."""
    local = times.local & (times.instants_ms != MISSING_MS)
    if not local.any():
        return cells
    clock = pa.array(times.instants_ms[local].view("datetime64[ms]"))
    return pc.replace_with_mask(
        cells, pa.array(local), pc.strftime(clock, "%Y-%m-%dT%H:%M:%SZ").cast(pa.large_string())
    )


def _without(cells: pa.Array, blank: BoolArray) -> pa.Array:
    return pc.if_else(pa.array(blank), _NOTHING, cells) if blank.any() else cells
