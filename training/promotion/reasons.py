"""The reasons of decisions, for people."""

from typing import Final

from features.wording import Wording
from training.promotion.comparison import Comparison

FIRST: Final = Wording("It is the first version.", "最初のバージョンです。")
NOT_READY: Final = Wording(
    'Its verdict is "Not ready", and such a version is never promoted by itself.',
    "判定が「まだ利用できません」のため、自動では昇格しません。",
)


def better(compared: Comparison) -> Wording:
    """Say that the challenger is surely better."""
    figures = _figures(compared)
    return Wording(f"Better than the champion: {figures.en}.", f"現行チャンピオンより優れています。{figures.ja}。")


def not_worse(compared: Comparison, margin: float) -> Wording:
    """Say that the challenger is surely not worse by more than the margin."""
    figures = _figures(compared)
    return Wording(
        f"Not worse than the champion: {figures.en}, wholly below the {margin:+.0%} that count as not worse.",
        f"現行チャンピオンに劣りません。{figures.ja}で、許容範囲の{margin:+.0%}を下回っています。",
    )


def champion_old(compared: Comparison, age_days: float, margin: float) -> Wording:
    """Say that the champion is old and the challenger close to it."""
    figures = _figures(compared)
    return Wording(
        f"The champion's data end {age_days:,.0f} days earlier, and the challenger is within {margin:.0%} of it: "
        f"{figures.en}.",
        f"現行チャンピオンの学習データは{age_days:,.0f}日前までのもので、差も{margin:.0%}以内です。{figures.ja}。",
    )


def too_few_deals(compared: Comparison, least: int) -> Wording:
    """Say that too little has been decided since."""
    leads, wins = f"{compared.leads:,}", f"{compared.wins:,}"
    return Wording(
        f"Too few outcomes are newer than what the champion learnt from: {wins} of {leads} leads won, and "
        f"{least} won and {least} others are needed.",
        f"現行チャンピオンの学習後に結果が出たリードが足りません。{leads}件中、成約は{wins}件です"
        f"（成約・それ以外とも{least}件以上が必要）。",
    )


def worse(compared: Comparison) -> Wording:
    """Say that the champion is surely better."""
    figures = _figures(compared)
    return Wording(f"Worse than the champion: {figures.en}.", f"現行チャンピオンより劣ります。{figures.ja}。")


def may_be_worse(compared: Comparison, margin: float) -> Wording:
    """Say that nobody can tell."""
    figures = _figures(compared)
    return Wording(
        f"It may be worse than the champion: {figures.en}, and the interval has to stay below {margin:+.0%}.",
        f"現行チャンピオンより劣る可能性があります。{figures.ja}で、区間の全体が{margin:+.0%}を下回る必要があります。",
    )


def overtaken(compared_with: int | None, now: int) -> Wording:
    """Say that the champion is another than the one that was compared with."""
    if compared_with is None:
        return Wording(
            f"Version {now} became the champion while this one was trained, so they were not compared.",
            f"学習中にバージョン{now}がチャンピオンになったため、比較していません。",
        )
    return Wording(
        f"It was compared with version {compared_with}, but meanwhile version {now} became the champion.",
        f"比較した相手はバージョン{compared_with}ですが、その間にバージョン{now}がチャンピオンになりました。",
    )


def by_hand(reason: str) -> Wording:
    """Repeat what the person said who asked for it."""
    text = reason.strip()
    return Wording(text, text) if text else Wording("No reason was given.", "理由は記入されていません。")


def _figures(compared: Comparison) -> Wording:
    ours, theirs = compared.challenger["log_loss"].value, compared.champion["log_loss"].value
    excess, deals = compared.excess, (f"{compared.leads:,}", f"{compared.wins:,}")
    return Wording(
        f"log loss {ours:.4f} against {theirs:.4f}, {excess.value:+.1%} (95% interval {excess.low:+.1%} to "
        f"{excess.high:+.1%}) on {deals[0]} leads, {deals[1]} of them won",
        f"リード{deals[0]}件（うち成約{deals[1]}件）での対数損失は{ours:.4f}（チャンピオンは{theirs:.4f}）、"
        f"差は{excess.value:+.1%}（95%信頼区間 {excess.low:+.1%}〜{excess.high:+.1%}）",
    )
