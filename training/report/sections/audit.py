"""Which columns give the outcome away, and what was done about it."""

from collections.abc import Iterable
from typing import Final

from training.audit.verdicts import ColumnVerdict, Level
from training.report.data import ReportData
from training.report.parts import Block, Cell, Column, Paragraphs, Section, Table, number_cell
from training.report.vocabulary import Vocabulary

_MOST_KEPT: Final = 15
_FEATURES: Final = "features"


def audit_section(report: ReportData, words: Vocabulary) -> Section:
    """Show what was dropped, what to mind, and the strongest of what was kept; in words alone without an audit."""
    verdicts = report.audit
    title = words("audit.title")
    if not verdicts:
        return Section("audit", title, (Paragraphs((words("audit.none"),)),))
    by_level = {level: [one for one in verdicts if one.level == level] for level in ("drop", "warn", "keep")}
    count = {level: words.numerals.count(len(found)) for level, found in by_level.items()}
    intro = words("audit.intro", looked=words.numerals.count(len(verdicts)), **count)
    blocks: list[Block] = [Paragraphs((intro,)), *_table("drop", by_level["drop"], words)]
    blocks += [*_table("warn", by_level["warn"], words), *_kept(by_level["keep"], words)]
    return Section("audit", title, tuple(blocks))


def _table(level: Level, verdicts: list[ColumnVerdict], words: Vocabulary) -> list[Block]:
    if not verdicts:
        return [Paragraphs((words(f"audit.no_{level}"),))]
    columns = (*_heads(words), Column(words("audit.evidence")))
    rows = tuple((*_figures(one, words), Cell(_evidence(one, words))) for one in verdicts)
    return [Table(words(f"audit.{level}"), columns, rows, (words("audit.note"),) if level == "drop" else ())]


def _kept(verdicts: Iterable[ColumnVerdict], words: Vocabulary) -> list[Block]:
    """Show the kept columns that rank best by themselves."""
    ranked = sorted(
        (one for one in verdicts if one.dossier.alone is not None and one.table != _FEATURES),
        key=lambda one: -(one.dossier.alone.usual if one.dossier.alone else 0.0),
    )
    if not ranked:
        return []
    rows = tuple(_figures(one, words) for one in ranked[:_MOST_KEPT])
    return [Table(words("audit.keep"), _heads(words), rows)]


def _heads(words: Vocabulary) -> tuple[Column, ...]:
    return (
        Column(words("audit.column"), width="name"),
        Column(words("audit.auc_forward"), number=True),
        Column(words("audit.auc_random"), number=True),
        Column(words("audit.psi"), number=True),
    )


def _figures(verdict: ColumnVerdict, words: Vocabulary) -> tuple[Cell, ...]:
    ranking, drift, decimal = verdict.dossier.alone, verdict.dossier.drift, words.numerals.decimal
    return (
        Cell(verdict.name, code=True),
        number_cell(decimal(ranking.auc_forward if ranking else None, 2)),
        number_cell(decimal(ranking.auc_random if ranking else None, 2)),
        number_cell(decimal(drift.psi if drift else None, 2)),
    )


def _evidence(verdict: ColumnVerdict, words: Vocabulary) -> str:
    evidence = verdict.wording.in_language(words.language)
    if verdict.override is None:
        return evidence
    return words("audit.override", reason=verdict.override, evidence=evidence)
