"""Why a champion and a challenger cannot be compared, for people."""

from collections.abc import Sequence
from typing import Final

from features.instant import MS_PER_DAY, iso
from features.wording import Wording
from training.fitting.ladder import TooFewDealsError
from training.promotion.comparison import Incomparable

_SHOWN: Final = 3


def other_horizon(ours: int, theirs: int) -> Incomparable:
    """Say that the two answer different questions."""
    return Incomparable(
        "other_horizon",
        Wording(
            f"It answers another question: won within {ours} days, where the champion says {theirs}. "
            f"Train with HORIZON_DAYS={theirs} to have them compared.",
            f"予測期間が異なるため比較できません（このバージョンは{ours}日、チャンピオンは{theirs}日）。"
            f"比較するにはHORIZON_DAYS={theirs}で学習してください。",
        ),
    )


def nothing_newer(champion_end_ms: int, horizon_days: int) -> Incomparable:
    """Say until when the champion has seen outcomes, and when the first later ones are known."""
    seen_until = iso(champion_end_ms)[:10]
    known_from = iso(champion_end_ms + horizon_days * MS_PER_DAY)[:10]
    return Incomparable(
        "nothing_newer",
        Wording(
            f"No outcome is newer than what the champion has seen: its data end on {seen_until}, and how leads do "
            f"within the {horizon_days} days after that is known from {known_from} on.",
            f"現行チャンピオンの学習データ（{seen_until}まで）より新しい結果がありません。以降{horizon_days}日間の結果が"
            f"判明するのは{known_from}からです。",
        ),
    )


def unreadable_champion(version: int, fault: str) -> Incomparable:
    """Say that the champion cannot be loaded."""
    return Incomparable(
        "unreadable_champion",
        Wording(
            f"The champion, version {version}, cannot be read: {fault}",
            f"現行チャンピオン（バージョン{version}）を読み込めません：{fault}",
        ),
    )


def champion_sees_excluded(names: Sequence[str]) -> Incomparable:
    """Say what the champion uses that this training must not see."""
    more = len(names) - _SHOWN
    shown = ", ".join(names[:_SHOWN])
    return Incomparable(
        "champion_sees_excluded",
        Wording(
            f"The champion uses what this training leaves out ({shown}{f' and {more} more' if more > 0 else ''}), "
            "which may flatter it on past leads.",
            f"現行チャンピオンは今回の学習で除外した項目を使用しており（{shown}"
            f"{f' ほか{more}件' if more > 0 else ''}）、過去のリードでの評価が実力より高くなるおそれがあります。",
        ),
    )


def too_few_before(error: TooFewDealsError) -> Incomparable:
    """Say that a stand-in for the challenger cannot be fitted."""
    won, lost = f"{error.won:,}", f"{error.lost:,}"
    return Incomparable(
        "too_few_deals",
        Wording(
            f"Too little was decided before the snapshots to compare on: {won} leads won and {lost} not.",
            f"比較に使う時点より前に結果が出たリードが足りません（成約{won}件、それ以外{lost}件）。",
        ),
    )
