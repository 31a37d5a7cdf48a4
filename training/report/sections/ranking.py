"""Whether the best scores hold the wins."""

from training.evaluation.baselines import BASE_RATE
from training.evaluation.curves import Decile
from training.report.data import ReportData
from training.report.figures.ranking import draw_deciles, draw_gains
from training.report.numerals import undefined
from training.report.parts import Cell, Column, Pair, Paragraphs, Picture, Section, Table, number_cell
from training.report.vocabulary import Vocabulary


def ranking_section(report: ReportData, words: Vocabulary) -> Section:
    """Show gains and lift; in words alone where nothing was won."""
    evaluation = report.evaluation
    tenths = evaluation.deciles
    if not tenths or undefined(tenths[0].lift):
        return Section("ranking", words("ranking.title"), (Paragraphs((words("ranking.none"),)),))
    curves = [
        (evaluation.score(curve.name).wording.in_language(words.language), curve)
        for curve in evaluation.gains
        if curve.name != BASE_RATE  # one rate for all ranks nothing: its curve is the random line
    ]
    gains = Picture(draw_gains(curves, words), words("gains.caption"))
    lift = Picture(draw_deciles(tenths, words), words("deciles.caption"))
    return Section("ranking", words("ranking.title"), (Pair(gains, lift), _table(tenths, words)))


def _table(tenths: tuple[Decile, ...], words: Vocabulary) -> Table:
    keys = ("tenth", "predicted", "observed", "lift", "wins", "cumulative")
    columns = tuple(Column(words(f"deciles.{key}"), number=key != "tenth") for key in keys)
    return Table(words("deciles.table"), columns, _rows(tenths, words))


def _rows(tenths: tuple[Decile, ...], words: Vocabulary) -> tuple[tuple[Cell, ...], ...]:
    numerals = words.numerals
    return tuple(
        (
            Cell(numerals.count(tenth.decile)),
            number_cell(numerals.percent(tenth.mean_predicted)),
            number_cell(numerals.percent(tenth.observed)),
            number_cell(numerals.decimal(tenth.lift, 2)),
            number_cell(numerals.percent(tenth.share_of_wins)),
            number_cell(numerals.percent(tenth.cumulative_lift * tenth.decile / len(tenths))),
        )
        for tenth in tenths
    )
