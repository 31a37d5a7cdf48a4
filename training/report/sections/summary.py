"""The few numbers a sales team needs."""

from models.quality.interval import Interval
from training.evaluation.curves import Decile
from training.evaluation.evaluate import Evaluation
from training.report.data import ReportData
from training.report.numerals import undefined
from training.report.parts import Block, Fact, Facts, Paragraphs, Section
from training.report.vocabulary import Vocabulary


def summary_section(report: ReportData, words: Vocabulary) -> Section:
    """Say in plain numbers what working by score would have brought on the test leads."""
    evaluation = report.evaluation
    facts = [
        *_lift_facts(evaluation.deciles, evaluation.model.metrics["lift_at_10_percent"], words),
        _half_fact(evaluation.model.metrics["wins_in_best_half"], words),
        _pairs_fact(evaluation.model.metrics["roc_auc"], words),
        _calibration_fact(evaluation.model.metrics["calibration_ratio"], words),
        Fact(words.numerals.percent(evaluation.base_rate), words("summary.base_rate", days=evaluation.horizon_days)),
    ]
    blocks: tuple[Block, ...] = (Facts(tuple(facts)), *_grades(report, words), _basis(report, evaluation, words))
    return Section("summary", words("summary.title"), blocks)


def _lift_facts(tenths: tuple[Decile, ...], lift: Interval, words: Vocabulary) -> list[Fact]:
    numerals = words.numerals
    share = tenths[0].share_of_wins if tenths else None
    if undefined(share) or undefined(lift.value):
        return [Fact(numerals.percent(None), words("summary.no_lift"))]
    return [
        Fact(numerals.percent(share, 0), words("summary.best_tenth")),
        Fact(
            words("summary.times", number=numerals.times(lift.value)),
            words("summary.lift", interval=numerals.span(numerals.times(lift.low), numerals.times(lift.high))),
        ),
    ]


def _half_fact(share: Interval, words: Vocabulary) -> Fact:
    key = "summary.no_half" if undefined(share.value) else "summary.best_half"
    return Fact(words.numerals.percent(share.value, 0), words(key))


def _pairs_fact(auc: Interval, words: Vocabulary) -> Fact:
    if undefined(auc.value):
        return Fact(words.numerals.percent(None), words("summary.no_auc"))
    return Fact(words.numerals.percent(auc.value, 0), words("summary.pairs"))


def _calibration_fact(ratio: Interval, words: Vocabulary) -> Fact:
    if undefined(ratio.value):
        return Fact(words.numerals.count(None), words("summary.no_ratio"))
    return Fact(words.numerals.count(100 * ratio.value), words("summary.calibration"))


def _grades(report: ReportData, words: Vocabulary) -> tuple[Paragraphs, ...]:
    return () if report.grading is None else (Paragraphs((report.grading.in_language(words.language),)),)


def _basis(report: ReportData, evaluation: Evaluation, words: Vocabulary) -> Paragraphs:
    numerals, zone = words.numerals, report.run.time_zone
    span = numerals.span(numerals.date(evaluation.period_start_ms, zone), numerals.date(evaluation.period_end_ms, zone))
    line = words(
        "summary.basis",
        leads=numerals.count(evaluation.leads),
        wins=numerals.count(evaluation.wins),
        span=span,
        training_rate=numerals.percent(evaluation.training_base_rate),
    )
    return Paragraphs((line,), quiet=True)
