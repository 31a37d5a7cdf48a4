"""The part of a mapping that says how one column is filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from features.importing.column_rule import CellRule, ColumnRule, Join, Others, Translation
from features.importing.folded import folded_value
from features.importing.translation_reading import translation_named
from features.rules_file import Section

_LARGEST_FACTOR: Final = 1e12


@dataclass(frozen=True)
class Named:
    """The joins and translations that a mapping names."""

    joins: Mapping[str, Join]
    translations: Mapping[str, Translation]


def column_of(
    section: Section, target: str, above: tuple[str, ...], named: Named, *, is_enumerated: bool
) -> ColumnRule:
    """Read how a column is filled.

    A text names a column of the file; a table says more of it; a list of these is tried in its order.

    Parameters
    ----------
    section : Section
        Holds the column.
    target : str
        The column.
    above : tuple of str
        The canonical columns that are filled before this one.
    named : Named
        What a cell may refer to.
    is_enumerated : bool
        Whether the column holds nothing but declared values, so that others are refused unless the rule says more.
    """
    ways = section.alternatives(target, "column")
    return ColumnRule(
        target, tuple(_cell(way, above, named, is_enumerated=is_enumerated) for way in ways), section.line(target)
    )


def plain_cell(column: str, line: int, constant: str | None = None) -> CellRule:
    """Return the rule of a cell that is taken as it is, or is the same for every row."""
    return CellRule(
        column,
        constant,
        first_id=False,
        joins=(),
        translation=None,
        others="keep",
        only_where={},
        not_before="",
        factor=(1.0, 1.0),
        field_name=False,
        line=line,
    )


def _cell(way: Section, above: tuple[str, ...], named: Named, *, is_enumerated: bool) -> CellRule:
    is_constant = "constant" in way
    return CellRule(
        column="" if is_constant else way.text("column"),
        constant=way.text("constant") if is_constant else None,
        first_id=way.flag("first_id", otherwise=False),
        joins=_joins(way, named.joins),
        translation=translation_named(way, named.translations),
        others=way.choice("others", get_args(Others), otherwise="refuse" if is_enumerated else "keep"),
        only_where=_only_where(way.section("only_where"), above),
        not_before=way.choice("not_before", ("", *above), otherwise=""),
        factor=(_factor(way, "multiply_by"), _factor(way, "divide_by")),
        field_name=way.flag("field_name", otherwise=False),
        line=way.line(),
    )


def _joins(way: Section, joins: Mapping[str, Join]) -> tuple[Join, ...]:
    found = []
    for name in way.texts("join", otherwise=()):
        if name in joins:
            found.append(joins[name])
        else:
            remedy = f"Write it below a line [joins.{name}], or use one of {', '.join(joins) or 'none so far'}."
            way.note("join", "every name stands below [joins]", remedy, found=repr(name))
    return tuple(found)


def _only_where(section: Section, above: tuple[str, ...]) -> dict[str, frozenset[str]]:
    rules = {}
    for column in section.free_keys():
        if column not in above:
            section.note(column, "a canonical column that stands above is required", "", found=repr(column))
        rules[column] = frozenset(folded_value(value) for value in section.texts(column))
    return rules


def _factor(way: Section, key: str) -> float:
    return way.number(key, least=1 / _LARGEST_FACTOR, most=_LARGEST_FACTOR, otherwise=1.0)
