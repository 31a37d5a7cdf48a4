"""Whether the model held over time."""

from training.report.data import ReportData
from training.report.figures.stability import draw_stability
from training.report.parts import Paragraphs, Picture, Section
from training.report.vocabulary import Vocabulary

_ENOUGH_MONTHS = 2


def stability_section(report: ReportData, words: Vocabulary) -> Section:
    """Show each month of the test period; in words alone where there is only one."""
    months = report.evaluation.months
    title = words("stability.title")
    if len(months) < _ENOUGH_MONTHS:
        return Section("stability", title, (Paragraphs((words("stability.none"),)),))
    picture = Picture(draw_stability(months, words), words("stability.caption"))
    return Section("stability", title, (picture,))
