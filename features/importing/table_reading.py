"""The part of a mapping that says what rows of the canonical tables are made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from features.importing.column_reading import Named, column_of, plain_cell
from features.importing.column_rule import ColumnRule, Join, Translation
from features.importing.file_rule import FileRule
from features.importing.join_reading import file_named, row_rules
from features.importing.mapping import TableRule
from features.rules_file import Section
from features.schema import CUSTOM_FIELD_TABLES, SCHEMAS, allowed_values
from features.validation import nearest

_KEPT_BY_DEFAULT: Final = ("leads", "companies")
_OTHERS: Final = ("custom", "drop")


@dataclass(frozen=True)
class _Known:
    """What the rest of the mapping has named."""

    files: Mapping[str, FileRule]
    cells: Named


def tables_of(
    top: Section, files: Mapping[str, FileRule], joins: Mapping[str, Join], translations: Mapping[str, Translation]
) -> tuple[TableRule, ...]:
    """Read the rules of every canonical table, in the order of the schema."""
    known = _Known(files, Named(joins, translations))
    rules = [rule for table in SCHEMAS for section in top.sections(table) for rule in _rules(section, table, known)]
    if not any(rule.table == "leads" for rule in rules):
        top.note("leads", "leads are mapped", "Write where they come from below a line [[leads]].")
    return tuple(rules)


def _rules(section: Section, table: str, known: _Known) -> Iterator[TableRule]:
    """Yield one rule, or one for each stage where columns hold the dates at which stages were entered."""
    rule = _rule(section, table, known)
    if table == "stage_history" and "dated" in section:
        yield from _dated(section.section("dated"), rule)
    else:
        _check_required(section, rule)
        yield rule


def _rule(section: Section, table: str, known: _Known) -> TableRule:
    others = section.choice("others", _OTHERS, otherwise="custom" if table in _KEPT_BY_DEFAULT else "drop")
    if others == "custom" and table not in CUSTOM_FIELD_TABLES:
        section.note("others", f"only {', '.join(sorted(CUSTOM_FIELD_TABLES))} have custom fields", 'Write "drop".')
    return TableRule(
        table=table,
        file=file_named(section, "from", tuple(known.files)),
        columns=tuple(_columns(section, table, known)),
        keeps_others=others == "custom",
        needs=section.choices("needs", SCHEMAS[table].columns),
        needs_any=section.choices("needs_any", SCHEMAS[table].columns),
        only=row_rules(section, "only"),
        leave_out=row_rules(section, "leave_out"),
        each=section.texts("each", otherwise=()),
        one_row_per=section.choice("one_row_per", ("", *SCHEMAS[table].columns), otherwise=""),
        order=section.text("order", otherwise="-").removeprefix("-"),
        changes_of=section.choice("changes_of", ("", *SCHEMAS[table].columns), otherwise=""),
        optional=section.flag("optional", otherwise=False),
        line=section.line(),
    )


def _columns(section: Section, table: str, known: _Known) -> Iterator[ColumnRule]:
    columns = section.section("columns")
    above: list[str] = []
    for target in columns.free_keys():
        if target in SCHEMAS[table].columns:
            is_enumerated = bool(allowed_values(SCHEMAS[table].columns[target]))
            yield column_of(columns, target, tuple(above), known.cells, is_enumerated=is_enumerated)
            above.append(target)
        else:
            _note_unknown(columns, table, target)
    if table in CUSTOM_FIELD_TABLES:
        custom = section.section("custom")
        for target in custom.free_keys():
            if target in SCHEMAS[table].columns:
                custom.note(target, "a custom field has a name of its own", "Move it to the columns.", found=target)
            yield column_of(custom, target, tuple(above), known.cells, is_enumerated=False)


def _note_unknown(columns: Section, table: str, target: str) -> None:
    near = nearest(target, SCHEMAS[table].columns)
    custom = f" A field of your own goes below [{table}.custom]." if table in CUSTOM_FIELD_TABLES else ""
    remedy = f"Known: {', '.join(SCHEMAS[table].columns)}.{custom}" if near is None else f"Did you mean {near!r}?"
    columns.note(target, f"every key is a column of {table}", remedy, found=repr(target))


def _check_required(section: Section, rule: TableRule) -> None:
    there = {column.target for column in rule.columns}
    for name, column in SCHEMAS[rule.table].columns.items():
        if column.required and name not in there:
            section.note("", f"{name} is mapped", f"Write {name} = ... below [{rule.table}.columns].", found="nothing")


def _dated(section: Section, rule: TableRule) -> Iterator[TableRule]:
    stages = allowed_values(SCHEMAS["stage_history"].columns["stage"])
    for stage in section.free_keys():
        if stage not in stages:
            near = nearest(stage, stages)
            remedy = f"Known: {', '.join(stages)}." if near is None else f"Did you mean {near!r}?"
            section.note(stage, "every key is a stage", remedy, found=repr(stage))
        line = section.line(stage)
        ways = tuple(plain_cell(name, line) for name in section.texts(stage))
        columns = (
            *rule.columns,
            ColumnRule("stage", (plain_cell("", line, stage),), line),
            ColumnRule("entered_at", ways, line),
        )
        yield replace(rule, columns=columns, needs=(*rule.needs, "entered_at"), optional=True, line=line)
