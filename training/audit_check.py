"""What the audit found, told on the terminal before anything is trained."""

from typing import Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from features.wording import Language, Wording
from training.audit import Audit, ColumnVerdict
from training.audit.verdicts import Level
from training.quality import Quality

_TITLE: Final = Wording("Columns that may give the outcome away", "結果を漏らす項目の監査")
_NOTHING: Final = Wording(
    "Too few leads were won or lost to look for columns that give the outcome away.",
    "成約・失注リードが少なすぎるため、監査できません。",
)
_HEADS: Final = (Wording("column", "項目"), Wording("verdict", "判定"), Wording("evidence", "根拠"))
_LEVELS: Final[dict[Level, Wording]] = {
    "drop": Wording("[red]drop[/red]", "[red]除外[/red]"),
    "warn": Wording("[yellow]warn[/yellow]", "[yellow]注意[/yellow]"),
    "keep": Wording("keep", "使用"),
}
_DECIDED: Final = Wording("decided by hand", "担当者の判断")
_QUALITY: Final = Wording("Quality of the data", "データの品質")
_WITHOUT_ACTIVITY: Final = Wording("leads without any activity", "活動の記録がないリード")
_UNDATED: Final = Wording("won and lost leads and deals without a date", "日付のない成約・失注（リードと案件）")
_EMPTIEST: Final = Wording("emptiest columns", "空欄の多い項目")
_RARE: Final = Wording("columns with values that fewer than ten rows have", "10行未満の値がある項目")
_OUTLIERS: Final = Wording("columns with numbers far from all others", "極端に離れた数値のある項目")
_MOST_NAMED: Final = 5


def show_audit(console: Console, audit: Audit, language: Language) -> None:
    """Print every verdict, the gravest first; columns with nothing to tell are only named."""
    if not audit.verdicts:
        console.print(_NOTHING.in_language(language))
        return
    table = Table(title=_TITLE.in_language(language), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for head in _HEADS:
        table.add_column(head.in_language(language), overflow="fold")
    for level in ("drop", "warn"):
        for verdict in audit.of_level(level):
            table.add_row(escape(verdict.name), _LEVELS[level].in_language(language), _evidence(verdict, language))
    console.print(table)
    kept = ", ".join(verdict.name for verdict in audit.of_level("keep"))
    console.print(f"{_LEVELS['keep'].in_language(language)}: {escape(kept)}", highlight=False, soft_wrap=True)


def show_quality(console: Console, quality: Quality, language: Language) -> None:
    """Print what the owner of the source should know of it."""
    console.print(f"\n{_QUALITY.in_language(language)}")
    facts = [(one.what, f"{one.rows:,} / {one.of:,}") for one in quality.duplicates]
    facts.append((_UNDATED, f"{quality.undated:,} / {quality.decided:,}"))
    if quality.without_activity is not None:
        facts.append((_WITHOUT_ACTIVITY, f"{quality.without_activity:,} / {quality.leads:,}"))
    gaps = [one for one in quality.fill_rates if one.share < 1]
    facts.append((_EMPTIEST, _named([f"{one.table}.{one.column} {one.share:.0%}" for one in gaps])))
    facts.append((_RARE, _named([f"{one.table}.{one.column} ({one.values:,})" for one in quality.rare])))
    facts.append((_OUTLIERS, _named([f"{one.table}.{one.column} ({one.rows:,})" for one in quality.outliers])))
    for what, found in facts:
        console.print(f"  {what.in_language(language)}: {escape(found)}", highlight=False, soft_wrap=True)


def _named(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" ..." if len(names) > _MOST_NAMED else "") if names else "–"


def _evidence(verdict: ColumnVerdict, language: Language) -> str:
    evidence = escape(verdict.wording.in_language(language))
    if verdict.override is None:
        return evidence
    return f"{_DECIDED.in_language(language)}: {escape(verdict.override)}. {evidence}"
