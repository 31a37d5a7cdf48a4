"""A mapping, read from its file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

from features.importing.drop_reason import DROP_REASONS, DropReason
from features.importing.file_rule import FileRule
from features.importing.folded import folded_name
from features.importing.join_reading import joins_of, row_rules
from features.importing.mapping import Absence, DateOrder, DecimalMark, Formats, Mapping
from features.importing.table_reading import tables_of
from features.importing.translation_reading import translations_of
from features.rules_file import Mistake, RulesError, Section, read_rules
from features.validation import nearest

_FOLDER: Final = Path(__file__).parent / "mappings"
SHIPPED_MAPPINGS: Final = ("salesforce", "hubspot", "dynamics365", "generic")
"""The mappings that come with the code, by name."""


def load_mapping(name: str) -> Mapping:
    """Read a mapping strictly.

    Parameters
    ----------
    name : str
        One of ``SHIPPED_MAPPINGS``, or the path of a TOML file of one's own.

    Raises
    ------
    RulesError
        With every mistake of the file, each with its line and a suggestion.
    """
    path = _path(name)
    reader = read_rules(path)
    top = reader.top
    files = _files(top)
    translations = translations_of(top.section("values"))
    joins = joins_of(top.section("joins"), files, translations)
    mapping = Mapping(
        file=path.name,
        version=reader.version,
        formats=_formats(top),
        absent_columns=top.choice("absent_columns", get_args(Absence), otherwise="refuse"),
        prefixes=top.texts("cut_prefixes", otherwise=()),
        suffixes=top.texts("cut_suffixes", otherwise=()),
        files=files,
        joins=joins,
        tables=tables_of(top, files, joins, translations),
    )
    reader.check()
    return mapping


def _path(name: str) -> Path:
    if name.lower() in SHIPPED_MAPPINGS:
        return _FOLDER / f"{name.lower()}.toml"
    if "/" in name or name.endswith(".toml") or Path(name).exists():
        return Path(name)
    near = nearest(name, SHIPPED_MAPPINGS)
    hint = "" if near is None else f"Did you mean {near!r}? "
    remedy = f"{hint}Shipped: {', '.join(SHIPPED_MAPPINGS)}; your own goes by its path, such as own.toml."
    raise RulesError(name, [Mistake(1, "", "the name of a mapping or the path of one", repr(name), remedy)])


def _files(top: Section) -> dict[str, FileRule]:
    section = top.section("files")
    if not section.free_keys():
        top.note("files", "at least one file is named", "Write the names of a file below a line [files.Lead].")
    return {key: _file(section.section(key), key) for key in section.free_keys()}


def _formats(top: Section) -> Formats:
    keys = ("dates", "excel_dates", "decimal")
    return Formats(
        dates=top.choice("dates", get_args(DateOrder), otherwise="unsaid"),
        excel_dates=top.flag("excel_dates", otherwise=False),
        decimal=top.choice("decimal", get_args(DecimalMark), otherwise="unsaid"),
        lines={key: top.line(key) for key in keys},
    )


def _file(rule: Section, name: str) -> FileRule:
    return FileRule(
        name=name,
        patterns=tuple(pattern.lower() for pattern in rule.texts("names", otherwise=(name,))),
        optional=rule.flag("optional", otherwise=False),
        stack=rule.flag("stack", otherwise=False),
        leave_out=row_rules(rule, "leave_out"),
        dropped=dict(_dropped(rule.section("drop"))),
        line=rule.line(),
    )


def _dropped(section: Section) -> Iterator[tuple[str, DropReason]]:
    reasons = {str(reason): reason for reason in DROP_REASONS}
    seen: dict[str, str] = {}
    for key in section.free_keys():
        if key not in reasons:
            near = nearest(key, reasons)
            remedy = f"One of {', '.join(reasons)}." if near is None else f"Did you mean {near!r}?"
            section.note(key, "every reason is a known one", remedy, found=repr(key))
            continue
        for column in section.texts(key):
            pattern = "*".join(map(folded_name, column.split("*")))
            if seen.setdefault(pattern, key) != key:
                section.note(key, "a column is dropped for one reason", "Keep one of them.", found=repr(column))
            yield pattern, reasons[key]
