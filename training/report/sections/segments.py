"""How the model does on parts of the leads."""

from itertools import groupby

from training.evaluation.segments import Segment
from training.report.data import ReportData
from training.report.numerals import undefined
from training.report.parts import (
    Cell,
    Column,
    Paragraphs,
    Scale,
    Section,
    Strip,
    Table,
    number_cell,
    scale_over,
)
from training.report.vocabulary import Vocabulary


def segments_section(report: ReportData, words: Vocabulary) -> Section:
    """Show one table a dimension."""
    segments = report.evaluation.segments
    title = words("segments.title")
    if not segments:
        return Section("segments", title, (Paragraphs((words("segments.none"),)),))
    scale = scale_over([0.5, 1.0, *(end for one in segments for end in (one.roc_auc.low, one.roc_auc.high))])
    tables = [_table(tuple(parts), scale, words) for _, parts in groupby(segments, key=lambda one: one.dimension)]
    return Section("segments", title, (Paragraphs((words("segments.intro"),)), *tables))


def _table(parts: tuple[Segment, ...], scale: Scale, words: Vocabulary) -> Table:
    keys = ("leads", "wins", "observed", "predicted", "ratio", "auc")
    columns = (
        Column(words("segments.value")),
        *(Column(words(f"segments.{key}"), number=True) for key in keys),
        Column(words("segments.interval"), width="strip"),
    )
    rows = tuple(_row(part, scale, words) for part in parts)
    gaps = any(undefined(part.roc_auc.value) for part in parts)
    notes = (words("segments.undefined_note"),) if gaps else ()
    return Table(parts[0].dimension_wording.in_language(words.language), columns, rows, notes)


def _row(part: Segment, scale: Scale, words: Vocabulary) -> tuple[Cell, ...]:
    numerals = words.numerals
    unknown = words("segments.undefined")
    ratio, auc = part.calibration_ratio, part.roc_auc
    return (
        Cell(part.wording.in_language(words.language)),
        number_cell(numerals.count(part.leads)),
        number_cell(numerals.count(part.wins)),
        number_cell(numerals.percent(part.base_rate)),
        number_cell(numerals.percent(part.mean_predicted)),
        number_cell(numerals.decimal(ratio, 2), words("segments.no_wins") if undefined(ratio) else ""),
        number_cell(numerals.decimal(auc.value, 2), unknown if undefined(auc.value) else ""),
        _auc_strip(part, scale, words),
    )


def _auc_strip(part: Segment, scale: Scale, words: Vocabulary) -> Cell:
    auc = part.roc_auc
    if undefined(auc.value):
        return Cell()
    low, dot, high = (scale.position(value) for value in (auc.low, auc.value, auc.high))
    return Cell(strip=Strip(dot, low, high, scale.position(0.5), words.numerals.interval(auc.low, auc.high, 2)))
