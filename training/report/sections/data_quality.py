"""How good the source is as data."""

from collections.abc import Iterable, Sequence
from typing import Final

from training.quality import Quality
from training.report.data import ReportData
from training.report.figures.rows_by_month import draw_months
from training.report.parts import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Paragraphs,
    Picture,
    Section,
    Table,
    number_cell,
)
from training.report.vocabulary import Vocabulary

_MOST_ROWS: Final = 20
_ENOUGH_MONTHS: Final = 2


def data_quality_section(report: ReportData, words: Vocabulary) -> Section:
    """Show gaps, repeats and oddities of the source; in words alone where it was not looked at."""
    title, quality = words("data_quality.title"), report.quality
    if quality is None:
        return Section("data_quality", title, (Paragraphs((words("data_quality.none"),)),))
    blocks: list[Block] = [Facts(tuple(_facts(quality, words)), small=True)]
    if quality.months and len(quality.months[0].months) >= _ENOUGH_MONTHS:
        blocks.append(Picture(draw_months(quality.months, words), words("data_quality.months_caption")))
    blocks += [*_fill_rates(quality, words), *_rare(quality, words), *_outliers(quality, words)]
    return Section("data_quality", title, tuple(blocks))


def _facts(quality: Quality, words: Vocabulary) -> Iterable[Fact]:
    percent, count = words.numerals.percent, words.numerals.count
    if quality.without_activity is not None:
        share = quality.without_activity / max(quality.leads, 1)
        yield Fact(percent(share), words("data_quality.without_activity", leads=count(quality.without_activity)))
    if quality.decided:
        yield Fact(
            percent(quality.undated / quality.decided), words("data_quality.undated", rows=count(quality.undated))
        )
    for one in quality.duplicates:
        yield Fact(count(one.rows), one.what.in_language(words.language))


def _fill_rates(quality: Quality, words: Vocabulary) -> list[Block]:
    gaps = [one for one in quality.fill_rates if one.share < 1]
    if not gaps:
        return [Paragraphs((words("data_quality.all_filled"),))]
    columns = (Column(words("data_quality.column"), width="name"), Column(words("data_quality.filled"), number=True))
    rows = tuple(
        (Cell(f"{one.table}.{one.column}", code=True), number_cell(words.numerals.percent(one.share)))
        for one in gaps[:_MOST_ROWS]
    )
    full = len(quality.fill_rates) - len(gaps)
    note = words("data_quality.fill_note", full=words.numerals.count(full), more=_more(gaps, words))
    return [Table(words("data_quality.fill_rates"), columns, rows, (note,))]


def _more(shown: Sequence[object], words: Vocabulary) -> str:
    return words.numerals.count(max(0, len(shown) - _MOST_ROWS))


def _rare(quality: Quality, words: Vocabulary) -> list[Block]:
    if not quality.rare:
        return []
    columns = (
        Column(words("data_quality.column"), width="name"),
        Column(words("data_quality.rare_values"), number=True),
        Column(words("data_quality.rare_rows"), number=True),
    )
    count = words.numerals.count
    rows = tuple(
        (
            Cell(f"{one.table}.{one.column}", code=True),
            number_cell(words("data_quality.some_of", some=count(one.values), all=count(one.of))),
            number_cell(count(one.rows)),
        )
        for one in quality.rare[:_MOST_ROWS]
    )
    return [Table(words("data_quality.rare"), columns, rows, (words("data_quality.rare_note"),))]


def _outliers(quality: Quality, words: Vocabulary) -> list[Block]:
    if not quality.outliers:
        return [Paragraphs((words("data_quality.no_outliers"),))]
    keys = ("column", "outlier_rows", "farthest", "median")
    columns = tuple(Column(words(f"data_quality.{key}"), number=key != "column") for key in keys)
    count = words.numerals.count
    rows = tuple(
        (
            Cell(f"{one.table}.{one.column}", code=True),
            number_cell(words("data_quality.some_of", some=count(one.rows), all=count(one.of))),
            number_cell(f"{one.farthest:,.6g}"),
            number_cell(f"{one.median:,.6g}"),
        )
        for one in quality.outliers[:_MOST_ROWS]
    )
    return [Table(words("data_quality.outliers"), columns, rows, (words("data_quality.outliers_note"),))]
