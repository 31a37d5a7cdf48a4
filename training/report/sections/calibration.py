"""Whether probabilities mean what they say."""

from training.evaluation.curves import ReliabilityBin
from training.report.data import ReportData
from training.report.figures.reliability import draw_reliability
from training.report.parts import Cell, Column, Pair, Paragraphs, Picture, Section, Table, number_cell
from training.report.vocabulary import Vocabulary


def calibration_section(report: ReportData, words: Vocabulary) -> Section:
    """Show predicted against observed shares, as a diagram and as a table."""
    curve = report.evaluation.reliability
    if not curve.bins:
        return Section("calibration", words("reliability.title"), (Paragraphs((words("reliability.none"),)),))
    intro = words(
        "reliability.intro",
        error=words.numerals.points(curve.error),
        chance=words.numerals.points(curve.chance_error),
    )
    picture = Picture(draw_reliability(curve, words), words("reliability.caption"))
    blocks = (Paragraphs((intro,)), Pair(picture, _table(curve.bins, words)))
    return Section("calibration", words("reliability.title"), blocks)


def _table(bins: tuple[ReliabilityBin, ...], words: Vocabulary) -> Table:
    columns = (
        Column(words("reliability.predicted")),
        Column(words("reliability.observed"), number=True),
        Column(words("reliability.interval"), number=True),
        Column(words("reliability.leads"), number=True),
    )
    return Table(words("reliability.table"), columns, tuple(_row(part, words) for part in bins))


def _row(part: ReliabilityBin, words: Vocabulary) -> tuple[Cell, ...]:
    percent = words.numerals.percent
    texts = (
        percent(part.observed.value),
        words.numerals.span(percent(part.observed.low), percent(part.observed.high)),
        words.numerals.count(part.leads),
    )
    return Cell(percent(part.mean_predicted)), *(number_cell(text) for text in texts)
