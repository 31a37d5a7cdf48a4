"""How often each column holds a value."""

from dataclasses import dataclass
from typing import Final

from features.schema import SCHEMAS
from features.tables import Tables

_TABLES: Final = ("leads", "companies", "deals", "qualifications")
_KEYS: Final = frozenset({"lead_id", "company_id", "deal_id"})
_ENDINGS: Final = frozenset({"outcome", "closed_at", "lost_reason"})
"""Blank on open leads by their nature."""


@dataclass(frozen=True, slots=True)
class FillRate:
    """The share of a table's rows in which a column holds a value."""

    table: str
    column: str
    share: float


def fill_rates(tables: Tables) -> tuple[FillRate, ...]:
    """Return the fill rates of all columns that may be blank, the emptiest first.

    A declared column that is blank throughout is one that the source does not have, and is not told.
    """
    rates = [
        FillRate(table, str(column), float(getattr(tables, table)[column].notna().mean()))
        for table in _TABLES
        if len(getattr(tables, table))
        for column in getattr(tables, table).columns
        if column not in _KEYS | _ENDINGS
    ]
    there = (one for one in rates if one.share > 0 or one.column not in SCHEMAS[one.table].columns)
    optional = (one for one in there if not _is_required(one))
    return tuple(sorted(optional, key=lambda one: one.share))


def _is_required(one: FillRate) -> bool:
    declared = SCHEMAS[one.table].columns.get(one.column)
    return declared is not None and bool(declared.required)
