"""The parts of a mapping that say which rows are meant, and how they are found."""

from collections.abc import Collection, Mapping
from typing import get_args

from features.importing.column_rule import Join, Matches, Translation
from features.importing.file_rule import FileRule, RowRule
from features.importing.folded import folded_value
from features.importing.translation_reading import translation_named
from features.rules_file import Section

_ANYTHING = "*"


def row_rules(section: Section, key: str) -> tuple[RowRule, ...]:
    """Read which rows are meant: columns with the values that they hold, ``*`` for any."""
    rules = section.section(key)
    return tuple(_row_rule(rules, column) for column in rules.free_keys())


def file_named(section: Section, key: str, files: Collection[str]) -> str:
    """Read the name of a file of the mapping."""
    return section.choice(key, files) if files else section.text(key)


def joins_of(
    section: Section, files: Mapping[str, FileRule], translations: Mapping[str, Translation]
) -> dict[str, Join]:
    """Read the joins by name."""
    return {name: _join(section.section(name), name, tuple(files), translations) for name in section.free_keys()}


def _row_rule(section: Section, column: str) -> RowRule:
    values = section.texts(column)
    folded = frozenset(folded_value(value) for value in values)
    return RowRule(column, folded - {_ANYTHING}, _ANYTHING in values, section.line(column))


def _join(section: Section, name: str, files: tuple[str, ...], translations: Mapping[str, Translation]) -> Join:
    return Join(
        name=name,
        file=file_named(section, "file", files),
        key=section.texts("key"),
        gives=section.texts("gives"),
        translation=translation_named(section, translations),
        matches=section.choice("matches", get_args(Matches), otherwise="one"),
        order=section.text("order", otherwise="") if "order" in section else "",
        only=row_rules(section, "only"),
        may_miss=section.flag("may_miss", otherwise=False),
        line=section.line(),
    )
