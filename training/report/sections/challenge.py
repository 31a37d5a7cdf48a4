"""The new version beside the champion, what was decided, and whose grade changes."""

from models.quality.interval import Interval
from models.score_map import GRADES
from training.promotion.challenge import Challenge
from training.promotion.comparison import METRICS, Comparison
from training.promotion.grade_changes import GradeChanges
from training.report.data import ReportData
from training.report.numerals import undefined
from training.report.parts import Block, Cell, Column, Paragraphs, Point, Points, Section, Table
from training.report.vocabulary import Vocabulary


def challenge_section(report: ReportData, words: Vocabulary) -> Section:
    """Compare with the champion and say what the policy decided; in words alone where there was nothing to compare."""
    challenge, title = report.challenge, words("challenge.title")
    if challenge is None:
        return Section("challenge", title, (Paragraphs((words("challenge.none"),)),))
    blocks: list[Block] = [_decision(challenge, words)]
    if isinstance(challenge.compared, Comparison):
        day = words.numerals.date(challenge.compared.start_ms, report.run.time_zone)
        blocks.append(_metric_table(challenge.compared, challenge.champion, words))
        blocks.append(Paragraphs((words("challenge.meaning", day=day),), quiet=True))
    if challenge.changes is not None:
        blocks.append(_grade_table(challenge.changes, words))
    return Section("challenge", title, tuple(blocks))


def _decision(challenge: Challenge, words: Vocabulary) -> Points:
    decision = challenge.decision
    said = words("challenge.promote" if decision.promote else "challenge.keep")
    reason = decision.reason.in_language(words.language)
    return Points((Point(f"{said} {reason}", *(("good", "✓") if decision.promote else ("care", "!"))),))


def _metric_table(compared: Comparison, champion: int | None, words: Vocabulary) -> Table:
    count = words.numerals.count
    columns = (
        Column(words("metrics.metric")),
        Column(words("challenge.champion", version=champion), number=True),
        Column(words("challenge.challenger"), number=True),
    )
    rows = tuple(
        (
            Cell(metric.wording.in_language(words.language), below=words(f"metrics.{metric.better}")),
            _interval(compared.champion[metric.name], words),
            _interval(compared.challenger[metric.name], words),
        )
        for metric in METRICS
    )
    return Table(words("challenge.table", leads=count(compared.leads), wins=count(compared.wins)), columns, rows)


def _interval(interval: Interval, words: Vocabulary) -> Cell:
    numerals = words.numerals
    if undefined(interval.value):
        return Cell(numerals.decimal(None), number=True, title=words("metrics.undefined"))
    return Cell(numerals.decimal(interval.value), number=True, below=numerals.interval(interval.low, interval.high))


def _grade_table(changes: GradeChanges, words: Vocabulary) -> Table:
    count = words.numerals.count
    heads = (Column(words("challenge.new_grade", grade=grade), number=True) for grade in GRADES)
    rows = tuple(
        (
            Cell(old),
            *(
                Cell(count(leads), number=True, strong=old == new and leads > 0)
                for new, leads in zip(GRADES, counts, strict=True)
            ),
        )
        for old, counts in changes.rows
    )
    return Table(
        changes.wording.in_language(words.language),
        (Column(words("challenge.old_grade")), *heads),
        rows,
        (words("challenge.grades_note"),),
    )
