"""What a cell of a declared column may be in a request: told by both ways of reading one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from pandera.pandas import Column

from features.schema import SCHEMAS, allowed_values, becomes, column_kind

LONGEST_TEXT: Final = 1_000

CellKind: TypeAlias = Literal["text", "choice", "number", "time", "address"]


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What the cells of a column are held to.

    Attributes
    ----------
    kind : {"text", "choice", "number", "time", "address"}
        How a cell is read; an address is reduced to its kind.
    is_required : bool
        Whether every row must state it.
    kept_as : str
        The column under which it is kept.
    choices : tuple of str
        What there is to choose from, in lower case.
    lowest, highest : float or None
        Of a number; None where there is no limit.
    """

    kind: CellKind
    is_required: bool
    kept_as: str
    choices: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None

    @property
    def meanings(self) -> dict[str, str | None]:
        """What each text of a choice stands for, once it is stripped and in lower case; blank is missing."""
        known: dict[str, str | None] = {choice: choice for choice in self.choices}
        return known if self.is_required else known | {"": None}


def rule_of(column: Column, *, is_required: bool) -> ColumnRule:
    """Return the rule of a declared column."""
    limits = {name: value for check in column.checks for name, value in check.statistics.items()}
    kind = _kind_of(column)
    if kind != "number":
        return ColumnRule(kind, is_required, becomes(column) or str(column.name), allowed_values(column))
    lowest, highest = limits.get("min_value"), limits.get("max_value")
    return ColumnRule(kind, is_required, str(column.name), lowest=lowest, highest=highest)


def _kind_of(column: Column) -> CellKind:
    if becomes(column) is not None:
        return "address"
    return "choice" if allowed_values(column) else column_kind(column)


@cache
def column_rules(table: str) -> Mapping[str, ColumnRule]:
    """Return the rules of the columns that a request may state of a table.

    ``lead_id`` stands in the lead alone, and the company is the lead's whether or not it says so.
    """
    optional = {"company_id"} if table == "companies" else set()
    return MappingProxyType(
        {
            name: rule_of(column, is_required=bool(column.required) and name not in optional)
            for name, column in SCHEMAS[table].columns.items()
            if name != "lead_id" or table == "leads"
        }
    )
