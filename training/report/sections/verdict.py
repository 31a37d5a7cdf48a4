"""The verdict on top of the page."""

from typing import Final

from training.evaluation.verdict import Level
from training.report.data import ReportData
from training.report.parts import Paragraphs, Point, Points, Section, Tone
from training.report.vocabulary import Vocabulary

_LOOKS: Final[dict[Level, tuple[Tone, str]]] = {
    "ready": ("good", "✓"),
    "usable_with_care": ("care", "!"),
    "not_ready": ("bad", "✕"),
}


def verdict_section(report: ReportData, words: Vocabulary) -> Section:
    """Say whether to use the model, and why."""
    verdict = report.verdict
    tone, sign = _LOOKS[verdict.level]
    reasons = tuple(Point(reason.in_language(words.language), tone, sign) for reason in verdict.reasons)
    advice = Paragraphs((words(f"verdict.{verdict.level}"),))
    return Section("verdict", verdict.wording.in_language(words.language), (advice, Points(reasons)), tone)
