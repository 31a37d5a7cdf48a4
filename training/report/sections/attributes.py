"""What the attributes say on their own, without a model."""

from typing import Final

from training.report.data import ReportData
from training.report.insights import AttributeInsight, ValueRate
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

SHOWN: Final = 8


def attributes_section(report: ReportData, words: Vocabulary) -> Section:
    """Show the share won by value of the most telling attributes."""
    title = words("attributes.title")
    insights = report.insights
    if not insights:
        return Section("attributes", title, (Paragraphs((words("attributes.none"),)),))
    rate = words.numerals.percent(insights[0].overall_rate)
    intro = Paragraphs((words("attributes.intro", days=report.horizon.days, rate=rate),))
    tables = [_table(insight, words) for insight in insights[:SHOWN]]
    unshown = [insight.wording.in_language(words.language) for insight in insights[SHOWN:]]
    rest = (
        [Paragraphs((words("attributes.rest", names=words("page.comma").join(unshown)),), quiet=True)]
        if unshown
        else []
    )
    return Section("attributes", title, (intro, *tables, *rest))


def _table(insight: AttributeInsight, words: Vocabulary) -> Table:
    ends = [end for one in insight.values for end in (one.rate.low, one.rate.high)]
    scale = scale_over([0.0, insight.overall_rate, *ends])
    columns = (
        Column(words("attributes.value")),
        Column(words("attributes.leads"), number=True),
        Column(words("attributes.rate"), number=True),
        Column(words("attributes.interval"), width="strip"),
        Column(words("attributes.against")),
    )
    rows = tuple(_row(one, insight.overall_rate, scale, words) for one in insight.values)
    return Table(insight.wording.in_language(words.language), columns, rows, _notes(insight, words))


def _row(one: ValueRate, overall: float, scale: Scale, words: Vocabulary) -> tuple[Cell, ...]:
    percent = words.numerals.percent
    span = words.numerals.span(percent(one.rate.low), percent(one.rate.high))
    low, dot, high = (scale.position(value) for value in (one.rate.low, one.rate.value, one.rate.high))
    standing = _standing(one, overall)
    strip = Strip(dot, low, high, scale.position(overall), span, filled=standing != "level")
    return (
        Cell(one.value or words(f"attributes.{one.kind}")),
        number_cell(words.numerals.count(one.leads)),
        number_cell(percent(one.rate.value)),
        Cell(strip=strip),
        Cell(words(f"attributes.{standing}")),
    )


def _standing(one: ValueRate, overall: float) -> str:
    if one.rate.above(overall):
        return "above"
    return "below" if one.rate.below(overall) else "level"


def _notes(insight: AttributeInsight, words: Vocabulary) -> tuple[str, ...]:
    if not insight.rare_values:
        return ()
    count = words.numerals.count
    return (words("attributes.rare", values=count(insight.rare_values), leads=count(insight.rare_leads)),)
