"""What promotion says on the terminal."""

from typing import Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from features.wording import Language, Wording
from models.quality.interval import Interval
from models.registry_names import MODEL_NAME
from models.score_map import GRADES
from training.promotion.challenge import Challenge
from training.promotion.comparison import METRICS, Comparison
from training.promotion.grade_changes import GradeChanges
from training.promotion.seat import Settled

_MET: Final = Wording(
    "Champion and challenger on the same {} newest leads, {} of them won", "最新のリード{}件（うち成約{}件）での比較"
)
_CHAMPION: Final = Wording("champion, version {}", "チャンピオン（バージョン{}）")
_CHALLENGER: Final = Wording("challenger", "チャレンジャー")
_OLD_GRADE: Final = Wording("champion's grade", "チャンピオンのグレード")
_NEW_GRADE: Final = Wording("now {}", "新{}")
_MODEL: Final = Wording(
    "{} version {}, alias {}; the champion is version {}", "{}バージョン{}（{}）。チャンピオンはバージョン{}"
)
_DECISION: Final = {
    True: Wording("Promoted.", "昇格しました。"),
    False: Wording("Not promoted.", "昇格していません。"),
}
_BACK: Final = Wording("Rolled back.", "以前のバージョンに戻しました。")


def show_challenge(console: Console, challenge: Challenge, language: Language) -> None:
    """Print how the new version did beside the champion, and whose grade would change."""
    compared, changes = challenge.compared, challenge.changes
    if isinstance(compared, Comparison):
        title = _MET.in_language(language).format(f"{compared.leads:,}", f"{compared.wins:,}")
        console.print(title, highlight=False, soft_wrap=True)
        console.print(_metrics_table(compared, challenge.champion, language))
    if changes is not None:
        console.print(changes.wording.in_language(language), highlight=False, soft_wrap=True)
        console.print(_grades_table(changes, language))


def show_settled(console: Console, settled: Settled, language: Language) -> None:
    """Print what was decided and why, and who is the champion now."""
    decision = settled.decision
    said = (_BACK if decision.rule == "rollback" else _DECISION[decision.promote]).in_language(language)
    console.print(f"decision  {said} {escape(decision.reason.in_language(language))}", highlight=False, soft_wrap=True)
    alias = "champion" if settled.version == settled.champion else "challenger"
    model = _MODEL.in_language(language).format(MODEL_NAME, settled.version, alias, settled.champion)
    console.print(f"model     {model}", highlight=False, soft_wrap=True)


def _metrics_table(compared: Comparison, champion: int | None, language: Language) -> Table:
    table = _table()
    table.add_column("", no_wrap=True)
    for head in (_CHAMPION, _CHALLENGER):
        table.add_column(head.in_language(language).format(champion), justify="right", no_wrap=True)
    for metric in METRICS:
        found = (compared.champion[metric.name], compared.challenger[metric.name])
        table.add_row(metric.wording.in_language(language), *map(_interval, found))
    return table


def _grades_table(changes: GradeChanges, language: Language) -> Table:
    table = _table()
    table.add_column(_OLD_GRADE.in_language(language))
    for grade in GRADES:
        table.add_column(_NEW_GRADE.in_language(language).format(grade), justify="right")
    for old, counts in changes.rows:
        table.add_row(old, *(f"{count:,}" for count in counts))
    return table


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False)


def _interval(interval: Interval) -> str:
    return f"{interval.value:.4f} ({interval.low:.3f}–{interval.high:.3f})"
