"""How good the predictions are: metrics against baselines, and what the differences amount to."""

from models.quality.interval import Interval
from models.quality.metrics import METRICS, Metric
from training.evaluation.evaluate import Evaluation
from training.evaluation.model_score import Comparison, ModelScore
from training.report.data import ReportData
from training.report.figures.metric_intervals import draw_metrics
from training.report.numerals import undefined
from training.report.parts import (
    Block,
    Cell,
    Column,
    Paragraphs,
    Picture,
    Point,
    Points,
    Scale,
    Section,
    Strip,
    Table,
    scale_over,
)
from training.report.vocabulary import Vocabulary


def quality_section(report: ReportData, words: Vocabulary) -> Section:
    """Compare the model with the baselines by every metric."""
    evaluation = report.evaluation
    picture = Picture(draw_metrics(evaluation, tuple(METRICS.values()), words), words("metrics.caption"))
    blocks: list[Block] = [
        Paragraphs((words("metrics.intro"),)),
        picture,
        _metric_table(evaluation, words),
        _glossary(words),
    ]
    if evaluation.comparisons:
        blocks.append(_comparison_table(evaluation.comparisons, words))
    return Section("quality", words("metrics.title"), tuple(blocks))


def _metric_table(evaluation: Evaluation, words: Vocabulary) -> Table:
    scores = evaluation.scores
    heads = [Column(score.wording.in_language(words.language), number=True) for score in scores]
    rows = [_metric_row(metric, scores, words) for metric in METRICS.values()]
    gaps = any(undefined(interval.value) for score in scores for interval in score.metrics.values())
    notes = (words("metrics.undefined_note"),) if gaps else ()
    return Table(words("metrics.table"), (Column(words("metrics.metric")), *heads), tuple(rows), notes)


def _metric_row(metric: Metric, scores: tuple[ModelScore, ...], words: Vocabulary) -> tuple[Cell, ...]:
    first = Cell(metric.wording.in_language(words.language), below=words(f"metrics.{metric.better}"))
    return (first, *(_metric_cell(score.metrics.get(metric.name), words) for score in scores))


def _glossary(words: Vocabulary) -> Points:
    """Explain every metric that the language has an explanation for."""
    return Points(
        tuple(
            Point(words("metrics.glossary", name=metric.wording.in_language(words.language), meaning=meaning))
            for metric in METRICS.values()
            if (meaning := words.either(f"metrics.explain_{metric.name}", ""))
        ),
        quiet=True,
    )


def _metric_cell(interval: Interval | None, words: Vocabulary) -> Cell:
    if interval is None or undefined(interval.value):
        return Cell(words.numerals.decimal(None), number=True, title=words("metrics.undefined"))
    low, high = words.numerals.decimal(interval.low), words.numerals.decimal(interval.high)
    below = words.numerals.span(low, high) if low != high else ""
    return Cell(words.numerals.decimal(interval.value), number=True, below=below)


def _comparison_table(comparisons: tuple[Comparison, ...], words: Vocabulary) -> Table:
    scale = scale_over([0.0, *(end for one in comparisons for end in (one.roc_auc.low, one.roc_auc.high))])
    columns = (
        Column(words("comparison.against")),
        Column(words("comparison.auc"), number=True),
        Column(words("comparison.interval"), width="strip"),
        Column(words("comparison.log_loss"), number=True),
        Column(words("comparison.verdict")),
    )
    rows = [_comparison_row(one, scale, words) for one in comparisons]
    return Table(words("comparison.table"), columns, tuple(rows), (words("comparison.note"),))


def _comparison_row(one: Comparison, scale: Scale, words: Vocabulary) -> tuple[Cell, ...]:
    name = one.wording.in_language(words.language)
    return (
        Cell(name),
        _difference_cell(one.roc_auc, words),
        _difference_strip(one.roc_auc, scale, words),
        _difference_cell(one.log_loss, words),
        Cell(words(f"comparison.{_outcome(one)}")),
    )


def _difference_cell(interval: Interval, words: Vocabulary) -> Cell:
    if undefined(interval.value):
        return Cell(words.numerals.decimal(None), number=True, title=words("metrics.undefined"))
    below = words.numerals.span(words.numerals.signed(interval.low), words.numerals.signed(interval.high))
    return Cell(words.numerals.signed(interval.value), number=True, below=below)


def _difference_strip(interval: Interval, scale: Scale, words: Vocabulary) -> Cell:
    if undefined(interval.value):
        return Cell()
    alt = words.numerals.span(words.numerals.signed(interval.low), words.numerals.signed(interval.high))
    low, dot, high = (scale.position(value) for value in (interval.low, interval.value, interval.high))
    return Cell(strip=Strip(dot, low, high, scale.position(0.0), alt))


def _outcome(one: Comparison) -> str:
    """Judge by log loss, which sees both ranking and calibration."""
    if undefined(one.log_loss.value):
        return "undefined"
    if one.log_loss.below(0.0):
        return "better"
    return "worse" if one.log_loss.above(0.0) else "level"
