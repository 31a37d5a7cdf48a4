"""What columns of the CRM are called among ours, and which of them a mapping mentions."""

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly

from features.importing.folded import folded_name
from features.importing.mapping import Mapping
from features.schema import SCHEMAS


def custom_name(column: str, mapping: Mapping) -> str:
    """Return the name of a custom field: the column's, without what the CRM puts before or behind every one.

    The full name is kept where the short one is that of a declared column.
    """
    short = column
    for prefix in mapping.prefixes:
        short = short.removeprefix(prefix)
    for suffix in mapping.suffixes:
        short = short.removesuffix(suffix)
    is_declared = any(short.lower() in SCHEMAS[table].columns for table in ("leads", "companies"))
    return column if not short or is_declared else short


def names_of_fields(mapping: Mapping) -> ReadOnly[str, str]:
    """Return what the mapping makes of the columns of leads, by folded name."""
    return {
        folded_name(way.column): column.target
        for rule in mapping.tables
        if rule.table == "leads"
        for column in rule.columns
        for way in column.ways
        if way.column and not way.joins
    }


class MentionedColumns:
    """The columns that a mapping reads or drops, of one of its files or of any."""

    def __init__(self, mapping: Mapping, file: str | None = None) -> None:
        self._read = frozenset(folded_name(name) for of, name in _read(mapping) if file in (None, of))
        self._files = [rule for rule in mapping.files.values() if file in (None, rule.name)]

    def __contains__(self, column: str) -> bool:
        folded = folded_name(column)
        return folded in self._read or any(rule.drop_reason(folded) for rule in self._files)


def _read(mapping: Mapping) -> Iterator[tuple[str, str]]:
    for file in mapping.files.values():
        yield from ((file.name, rule.column) for rule in file.leave_out)
    for join in mapping.joins.values():
        yield from ((join.file, column) for column in (*join.key, *join.gives, join.order))
        yield from ((join.file, rule.column) for rule in join.only)
    for table in mapping.tables:
        yield from ((table.file, way.column) for column in table.columns for way in column.ways)
        yield from ((table.file, rule.column) for rule in (*table.only, *table.leave_out))
        yield from ((table.file, name) for name in (*table.each, table.order))
