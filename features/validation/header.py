"""Which column of a raw table is which: declared, custom, misspelt, or not wanted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from features.faults import Fault
from features.schema import CUSTOM_FIELD_TABLES, SCHEMAS
from features.validation.raw import RawTable, Rule

_NEARLY: Final = 0.8
_NO_NAME = Rule("every column has a name", "Name the column if it is wanted.", "warning")
_ONCE = Rule("every column stands once", "Remove or rename all but one of them.")


@dataclass
class Header:
    """The columns of a raw table by the names they go by, with their positions, and what is wrong with the names."""

    declared: dict[str, int] = field(default_factory=dict)
    custom: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that the name was probably meant to be, if any is near."""
    matches = get_close_matches(name.lower(), list(candidates), n=1, cutoff=_NEARLY)
    return matches[0] if matches else None


def read_header(raw: RawTable) -> Header:
    """Match the columns of a raw table with its schema.

    Declared names match in any case and with white space around them; other names are kept as they are. Where required
    columns are missing, the other names are not told: without a header line they would be the first record's cells.
    """
    names = _names(raw)
    missing = [name for name, column in SCHEMAS[raw.name].columns.items() if column.required and name not in names]
    if missing:
        return Header(faults=_missing_columns(raw, names, missing))
    header = Header(faults=[*_unnamed(raw, names), *_repeated(raw, names)])
    for position, name in enumerate(names):
        _place(raw, header, name, position)
    return header


def _names(raw: RawTable) -> list[str]:
    stripped = [name.strip() for name in raw.cells.column_names]
    declared = SCHEMAS[raw.name].columns
    return [name.lower() if name.lower() in declared else name for name in stripped]


def _missing_columns(raw: RawTable, names: list[str], missing: list[str]) -> list[Fault]:
    unknown = {name.lower(): name for name in names if name not in SCHEMAS[raw.name].columns}
    return [_missing_column(raw, column, unknown) for column in missing]


def _missing_column(raw: RawTable, column: str, unknown: dict[str, str]) -> Fault:
    near = nearest(column, unknown)
    if near is None:
        rule = Rule("the column is required", f"Add {column}, or map the CRM's field to it.")
        return raw.fault(column, rule, f"none of that name among {len(raw.cells.column_names)} columns")
    rule = Rule("the column is required", f"Did you mean {column}? Rename {unknown[near]!r} to {column}.")
    return raw.fault(column, rule, f"a column {unknown[near]!r}")


def _unnamed(raw: RawTable, names: list[str]) -> list[Fault]:
    count = names.count("")
    return [raw.fault(None, _NO_NAME, f"{count} without, left out")] if count else []


def _repeated(raw: RawTable, names: list[str]) -> list[Fault]:
    return [
        raw.fault(name, _ONCE, f"{count} columns of that name")
        for name, count in Counter(names).items()
        if name and count > 1
    ]


def _place(raw: RawTable, header: Header, name: str, position: int) -> None:
    columns = SCHEMAS[raw.name].columns
    if name in columns:
        header.declared.setdefault(name, position)
    elif name:
        header.faults.extend(_unknown_column(raw, name))
        if raw.name in CUSTOM_FIELD_TABLES:
            header.custom.setdefault(name, position)


def _unknown_column(raw: RawTable, name: str) -> list[Fault]:
    present = {column.strip().lower() for column in raw.cells.column_names}
    near = nearest(name, (column for column in SCHEMAS[raw.name].columns if column not in present))
    if raw.name in CUSTOM_FIELD_TABLES:
        rule = Rule("a declared column goes by its name", f"Did you mean {near}? If so, rename it.", "warning")
        return [] if near is None else [raw.fault(name, rule, f"{name!r}, kept as a custom field")]
    remedy = "Remove it, or leave it as it is." if near is None else f"Did you mean {near}? If so, rename it."
    rule = Rule("the table has declared columns only", remedy, "warning")
    return [raw.fault(name, rule, "an unknown column, left out")]
