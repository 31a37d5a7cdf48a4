"""What the model learned from, and what was left out and why."""

from features.faults import Fault
from training.report.data import CustomField, DataUsed, ReportData
from training.report.parts import Block, Cell, Column, Paragraphs, Point, Points, Section, Table, number_cell
from training.report.vocabulary import Vocabulary


def data_used_section(report: ReportData, words: Vocabulary) -> Section:
    """Account for every table, every lead left out, every field and every warning."""
    used = report.data_used
    count = words.numerals.count
    intro = words("data.intro", leads=count(used.leads), won=count(used.won), snapshots=count(used.snapshots))
    blocks: list[Block] = [Paragraphs((intro,)), *_tables(report, words), *_left_out(used, words)]
    blocks += [*_dropped(used, words), *_custom_fields(used.custom_fields, words), *_warnings(used.warnings, words)]
    return Section("data", words("data.title"), tuple(blocks))


def _tables(report: ReportData, words: Vocabulary) -> list[Block]:
    if not report.data_used.tables:
        return []
    numerals, zone = words.numerals, report.run.time_zone
    keys = ("table", "rows", "first", "last")
    columns = tuple(Column(words(f"data.{key}"), number=key == "rows") for key in keys)
    rows = tuple(
        (
            Cell(table.name, code=True),
            number_cell(numerals.count(table.rows)),
            Cell(numerals.date(table.first_ms, zone)),
            Cell(numerals.date(table.last_ms, zone)),
        )
        for table in report.data_used.tables
    )
    return [Table(words("data.tables"), columns, rows)]


def _left_out(used: DataUsed, words: Vocabulary) -> list[Block]:
    if not used.left_out:
        return [Paragraphs((words("data.nothing_left_out"),))]
    columns = (Column(words("data.reason")), Column(words("data.leads"), number=True))
    rows = tuple(
        (Cell(one.reason.in_language(words.language)), number_cell(words.numerals.count(one.leads)))
        for one in used.left_out
    )
    return [Table(words("data.left_out"), columns, rows)]


def _dropped(used: DataUsed, words: Vocabulary) -> list[Block]:
    if not used.dropped:
        return []
    columns = (Column(words("data.feature")), Column(words("data.reason")))
    rows = tuple((Cell(one.name, code=True), Cell(one.reason.in_language(words.language))) for one in used.dropped)
    return [Table(words("data.dropped"), columns, rows)]


def _custom_fields(found: tuple[CustomField, ...], words: Vocabulary) -> list[Block]:
    if not found:
        return []
    columns = tuple(Column(words(f"data.{key}")) for key in ("field", "use", "why"))
    rows = tuple(
        (
            Cell(f"{one.table}.{one.name}", code=True),
            Cell(words("data.kept" if one.kept else "data.not_kept")),
            Cell(one.reason.in_language(words.language)),
        )
        for one in found
    )
    return [Table(words("data.custom_fields"), columns, rows)]


def _warnings(faults: tuple[Fault, ...], words: Vocabulary) -> list[Block]:
    if not faults:
        return []
    points = tuple(Point(str(fault), "care", "!", language="en") for fault in faults)
    return [Paragraphs((words("data.warnings"),)), Points(points)]
