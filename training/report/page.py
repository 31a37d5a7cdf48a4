"""The page: every section in order, through the template, into one file that needs nothing else."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined

from features.wording import Language
from training.report.data import ReportData
from training.report.page_font import font_face
from training.report.parts import Section
from training.report.sections.appendix import appendix_section
from training.report.sections.attributes import attributes_section
from training.report.sections.audit import audit_section
from training.report.sections.calibration import calibration_section
from training.report.sections.challenge import challenge_section
from training.report.sections.data_quality import data_quality_section
from training.report.sections.data_used import data_used_section
from training.report.sections.influence import influence_section
from training.report.sections.quality import quality_section
from training.report.sections.ranking import ranking_section
from training.report.sections.segments import segments_section
from training.report.sections.stability import stability_section
from training.report.sections.summary import summary_section
from training.report.sections.verdict import verdict_section
from training.report.vocabulary import Vocabulary, vocabulary

SectionMaker: TypeAlias = Callable[[ReportData, Vocabulary], Section]

SECTIONS: Final[tuple[SectionMaker, ...]] = (
    summary_section,
    quality_section,
    calibration_section,
    ranking_section,
    challenge_section,
    influence_section,
    attributes_section,
    segments_section,
    audit_section,
    data_quality_section,
    data_used_section,
    stability_section,
    appendix_section,
)
"""The sections under the verdict, in the order of the page."""


def render(report: ReportData, language: Language) -> str:
    """Return the report as one self-contained HTML page; the same data gives the same page, byte for byte.

    Parameters
    ----------
    report : ReportData
        What to tell. Names and values from the CRM are shown as text and never as markup.
    language : {"en", "ja"}
        The language of the page.
    """
    return _page(report, language, _sections(report, language))


def _sections(report: ReportData, language: Language) -> list[Section]:
    words = vocabulary(language)
    return [make(report, words) for make in SECTIONS]


def _page(report: ReportData, language: Language, sections: list[Section]) -> str:
    words = vocabulary(language)
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            language=language,
            title=words("page.title"),
            source=report.run.source_name,
            about=_about(report, words),
            verdict=verdict_section(report, words),
            contents=words("page.contents"),
            sections=sections,
            closing=words("page.closing"),
        )
    )
    return page.replace("</style>", f"{font_face(page)}</style>", 1)


def write_report(report: ReportData, language: Language, path: Path, figures: Path) -> Path:
    """Write the page as UTF-8 and return where, and its figures one by one; folders are made where they are missing.

    A name that is not text (a folder whose bytes are no UTF-8) loses those bytes to question marks.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    figures.mkdir(parents=True, exist_ok=True)
    sections = _sections(report, language)
    _write_whole(path, _page(report, language, sections))
    for section in sections:
        for number, drawing in enumerate(section.drawings, start=1):
            (figures / f"{section.name}-{number}.svg").write_bytes(drawing.svg)
    return path


def _write_whole(path: Path, page: str) -> None:
    """Write a page, or nothing where the disk is full."""
    scratch = path.with_name(f".{path.name}.part")
    try:
        scratch.write_text(page, encoding="utf-8", errors="replace", newline="\n")
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("training.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _about(report: ReportData, words: Vocabulary) -> list[tuple[str, str, str]]:
    """Return what the run is about as (name, value, note); what is not known is left out."""
    run, horizon = report.run, report.horizon
    entries = [
        ("data_end", words.numerals.date(run.data_end_ms, run.time_zone), ""),
        ("horizon", words("page.days", days=horizon.days), horizon.reason.in_language(words.language)),
        ("method", run.method.in_language(words.language), ""),
        ("model_version", run.model_version, ""),
        ("run", run.run_id, ""),
    ]
    return [(words(f"page.{key}"), value, note) for key, value, note in entries if value]
