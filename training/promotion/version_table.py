"""The versions of the model, as a table."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from features.instant import MS_PER_DAY, iso
from features.wording import Language, Wording
from models.registry_names import CHALLENGER, CHAMPION
from training.evaluation.verdict import LEVELS
from training.promotion.decision_record import CHALLENGE_TAG, DECISION_TAG, DecisionRecord, record_of
from training.tracking.registry import RegisteredVersion, aliased, metrics_of, versions
from training.tracking.tracking_store import TrackingStore

_NONE: Final = Wording(
    "No version is registered yet: run make train.",
    "登録済みのバージョンはありません。make trainを実行してください。",
)
_HEADS: Final = (
    Wording("version", "バージョン"),
    Wording("alias", "別名"),
    Wording("verdict", "判定"),
    Wording("log loss", "対数損失"),
    Wording("AUC", "AUC"),
    Wording("horizon", "予測期間"),
    Wording("data end", "データ終了"),
    Wording("age", "経過"),
)
_NUMBERS: Final = frozenset({0, 3, 4, 5, 7})
_DAYS: Final = Wording("{} days", "{}日")
_KINDS: Final = {
    "promote": Wording("promoted", "昇格"),
    "keep": Wording("not promoted", "昇格せず"),
    "rollback": Wording("returned to", "復帰"),
}
_ROLLED_BACK: Final = Wording("rolled back", "取り下げ")
_UNDONE: Final = Wording("decided, and cut off before it was carried out", "決定後、反映される前に中断")


@dataclass(frozen=True)
class VersionRow:
    """What the table tells of a version.

    Attributes
    ----------
    version : RegisteredVersion
        In the registry.
    aliases : tuple of str
        ``champion``, ``challenger``, both or none.
    log_loss, roc_auc : float
        As measured when it was trained; NaN where its run is gone.
    age_days : float
        Since its data end; 0 where the clock has not come to it yet.
    decision : DecisionRecord or None
        The latest on it.
    challenge : DecisionRecord or None
        The latest on another version while this one was the champion.
    """

    version: RegisteredVersion
    aliases: tuple[str, ...]
    log_loss: float
    roc_auc: float
    age_days: float
    decision: DecisionRecord | None
    challenge: DecisionRecord | None

    @property
    def outcome(self) -> tuple[Wording, DecisionRecord] | None:
        """What became of it at last, and the decision by which it did; None where nothing was decided on it."""
        decision, challenge = self.decision, self.challenge
        if challenge is not None and challenge.kind == "rollback" and CHAMPION not in self.aliases:
            return _ROLLED_BACK, challenge
        if decision is None:
            return None
        was_seated = CHAMPION in self.aliases or (challenge is not None and challenge.at_ms >= decision.at_ms)
        return (_KINDS[decision.kind] if was_seated or decision.kind == "keep" else _UNDONE), decision


def version_rows(store: TrackingStore, now_ms: int) -> list[VersionRow]:
    """Return every version, the newest first.

    Parameters
    ----------
    store : TrackingStore
        The registry.
    now_ms : int
        From when to count back, in milliseconds since the epoch.

    Raises
    ------
    TrackingError
        Where the registry cannot be asked.
    """
    champion, challenger = aliased(store, CHAMPION), aliased(store, CHALLENGER)
    named = {alias: one.version for alias, one in ((CHAMPION, champion), (CHALLENGER, challenger)) if one is not None}
    return [_row(version, metrics_of(store, version), named, now_ms) for version in versions(store)]


def _row(
    version: RegisteredVersion, measured: Mapping[str, float], named: Mapping[str, int], now_ms: int
) -> VersionRow:
    return VersionRow(
        version=version,
        aliases=tuple(alias for alias, number in named.items() if number == version.version),
        log_loss=measured.get("test_log_loss", math.nan),
        roc_auc=measured.get("test_roc_auc", math.nan),
        age_days=max(0.0, (now_ms - version.data_end_ms) / MS_PER_DAY),
        decision=record_of(version, DECISION_TAG),
        challenge=record_of(version, CHALLENGE_TAG),
    )


def show_versions(console: Console, rows: Sequence[VersionRow], language: Language) -> None:
    """Print the table, and below it why things are as they are."""
    if not rows:
        console.print(_NONE.in_language(language))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(_HEADS):
        table.add_column(head.in_language(language), justify="right" if place in _NUMBERS else "left")
    for row in rows:
        table.add_row(*_cells(row, language), style="bold" if CHAMPION in row.aliases else "")
    console.print(table)
    for row in rows:
        if row.outcome is not None:
            console.print(escape(_told(row.version.version, *row.outcome, language)), highlight=False, soft_wrap=True)


def _cells(row: VersionRow, language: Language) -> list[str]:
    tags, days = row.version.tags, _DAYS.in_language(language)
    return [
        str(row.version.version),
        ", ".join(row.aliases),
        _verdict(tags.get("verdict", ""), language),
        _number(row.log_loss),
        _number(row.roc_auc),
        days.format(tags.get("horizon_days", "–")),
        iso(row.version.data_end_ms)[:10],
        days.format(f"{row.age_days:,.0f}"),
    ]


def _told(version: int, became: Wording, decision: DecisionRecord, language: Language) -> str:
    day, why = iso(decision.at_ms)[:10], decision.reason.in_language(language)
    return f"{version:>4}  {day} {became.in_language(language)}, {decision.by}: {why}"


def _verdict(level: str, language: Language) -> str:
    found = next((wording for name, wording in LEVELS.items() if name == level), None)
    return escape(level) if found is None else found.in_language(language)


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
