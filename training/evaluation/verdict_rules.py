"""The rules of the verdict: where each draws its line, and what it says when a model breaks it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from features.wording import Wording
from models.quality.interval import Interval
from training.evaluation.baselines import BASE_RATE, LOGISTIC, RECENCY
from training.evaluation.evaluate import Evaluation
from training.evaluation.model_score import Comparison


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the rules draw their lines.

    Attributes
    ----------
    least_auc, weak_auc, suspicious_auc : float
        Below the first a ROC AUC is no ranking, below the second a weak one; above the third it is rarely honest.
    least_wins : int
        With fewer won leads in the test period every figure is loose.
    calibration_ratio : tuple of float
        Predicted over actual wins may lie between these.
    calibration_error : float
        The most that predicted and observed shares may differ on average, in parts of the base rate.
    chance_errors : float
        A calibration error is real only beyond so many times what chance alone would show.
    base_rate_ratio : float
        The base rate may change by this factor, up or down, from training to test.
    """

    least_auc: float = 0.55
    weak_auc: float = 0.65
    suspicious_auc: float = 0.95
    least_wins: int = 50
    calibration_ratio: tuple[float, float] = (0.8, 1.25)
    calibration_error: float = 0.25
    chance_errors: float = 2.0
    base_rate_ratio: float = 1.5


DEFAULT_LIMITS: Final = Limits()


def _cannot_be_judged(evaluation: Evaluation, _: Limits) -> Wording | None:
    auc = evaluation.model.metrics["roc_auc"]
    if not np.isnan(auc.value):
        return None
    counts = f"{evaluation.wins:,}", f"{evaluation.leads:,}"
    return Wording(
        "The model cannot be judged: {} of the {} test leads were won, and both won leads and others are needed. "
        "Train on a longer history.".format(*counts),
        "検証期間のリード{1}件のうち成約は{0}件です。成約したリードと成約しなかったリードの両方がなければ、モデルを"
        "評価できません。より長い期間のデータで学習してください。".format(*counts),
    )


def _ranks_by_chance(evaluation: Evaluation, limits: Limits) -> Wording | None:
    auc = evaluation.model.metrics["roc_auc"]
    if np.isnan(auc.value) or (auc.value >= limits.least_auc and auc.above(0.5)):
        return None
    return Wording(
        f"There is no signal in these data: the model ranks leads hardly better than chance, ROC AUC {_en(auc)}. It "
        f"has to reach {limits.least_auc:.2f} with the whole interval above 0.50.",
        f"このデータには成約を見分ける手がかりがありません。リードの順位付けが偶然とほとんど変わらず、ROC AUCは"
        f"{_ja(auc)}です。{limits.least_auc:.2f}以上で、かつ信頼区間の全体が0.50を上回る必要があります。",
    )


def _ranks_weakly(evaluation: Evaluation, limits: Limits) -> Wording | None:
    auc, lift = evaluation.model.metrics["roc_auc"], evaluation.model.metrics["lift_at_10_percent"]
    if auc.value >= limits.weak_auc and lift.above(1):
        return None
    return Wording(
        f"The signal is weak: ROC AUC {_en(auc)}, and leads in the best 10% are won {_en(lift)} times as often as "
        "leads on average.",
        f"手がかりが弱く、ROC AUCは{_ja(auc)}、上位10%のリードの成約率は全体平均の{_ja(lift)}倍にとどまります。",
    )


def _loses_to_base_rate(evaluation: Evaluation, _: Limits) -> Wording | None:
    compared = evaluation.comparison(BASE_RATE)
    if compared is None or compared.log_loss.below(0):
        return None
    rate = f"{evaluation.training_base_rate:.1%}"
    return Wording(
        f"The probabilities are not surely better than giving every lead the same {rate}: "
        f"{_losses_en(evaluation, compared)}.",
        f"予測確率が、全リードに一律{rate}を当てはめた場合より優れているとは言い切れません。"
        f"{_losses_ja(evaluation, compared)}。",
    )


def _loses_to_recency(evaluation: Evaluation, _: Limits) -> Wording | None:
    compared = evaluation.comparison(RECENCY)
    if compared is None or compared.log_loss.below(0):
        return None
    return Wording(
        f"The model does not surely beat the days since the last activity alone: {_losses_en(evaluation, compared)}.",
        f"最終接触からの日数だけを使った予測より優れているとは言い切れません。{_losses_ja(evaluation, compared)}。",
    )


def _loses_to_logistic(evaluation: Evaluation, _: Limits) -> Wording | None:
    compared = evaluation.comparison(LOGISTIC)
    if compared is None or not compared.log_loss.above(0):
        return None
    return Wording(
        f"A plain logistic regression predicts better: {_losses_en(evaluation, compared)}.",
        f"単純なロジスティック回帰のほうが高い精度で予測できています。{_losses_ja(evaluation, compared)}。",
    )


def _too_few_wins(evaluation: Evaluation, limits: Limits) -> Wording | None:
    if evaluation.wins >= limits.least_wins:
        return None
    wins, leads = f"{evaluation.wins:,}", f"{evaluation.leads:,}"
    return Wording(
        f"Only {wins} of the {leads} test leads were won, fewer than {limits.least_wins}: read every figure here with "
        "its interval.",
        f"検証期間のリード{leads}件のうち成約は{wins}件で、目安の{limits.least_wins}件に届きません。各数値は信頼区間と"
        "あわせてご覧ください。",
    )


def _predicts_too_many_or_few(evaluation: Evaluation, limits: Limits) -> Wording | None:
    ratio = evaluation.model.metrics["calibration_ratio"]
    lowest, highest = limits.calibration_ratio
    if lowest <= ratio.value <= highest or not _differs_from_one(ratio):
        return None
    return Wording(
        f"For every actual win the model predicted {_en(ratio)}: trust the order of the leads more than the "
        "percentages.",
        f"実際の成約1件に対し、モデルの予測は{_ja(ratio)}件でした。確率の値そのものより、リードの順位を重視してください。",
    )


def _is_badly_calibrated(evaluation: Evaluation, limits: Limits) -> Wording | None:
    error, by_chance = evaluation.reliability.error, evaluation.reliability.chance_error
    allowed = limits.calibration_error * min(evaluation.base_rate, 1 - evaluation.base_rate)
    if error <= max(allowed, limits.chance_errors * by_chance):
        return None
    points = f"{error * 100:.1f}", f"{by_chance * 100:.1f}"
    return Wording(
        "Predicted and actual shares of wins differ by {} percentage points on average, where chance explains {}: "
        "trust the order of the leads more than the percentages.".format(*points),
        "予測確率と実際の成約率の差は平均{}ポイントで、偶然による差の目安({}ポイント)を上回っています。確率の値そのもの"
        "より、リードの順位を重視してください。".format(*points),
    )


def _is_too_good(evaluation: Evaluation, limits: Limits) -> Wording | None:
    auc = evaluation.model.metrics["roc_auc"]
    if auc.value <= limits.suspicious_auc:
        return None
    return Wording(
        f"ROC AUC {_en(auc)} is too good to be true: look among the strongest features for one that is only filled in "
        "once the outcome is known.",
        f"ROC AUCが{_ja(auc)}と、不自然に高い値です。影響の大きい特徴量の中に、成約・失注が決まってから入力される項目が"
        "含まれていないか確認してください。",
    )


def _base_rate_moved(evaluation: Evaluation, limits: Limits) -> Wording | None:
    # The base rate's predicted over actual wins is its share in training over its share in the test period.
    ratio = evaluation.score(BASE_RATE).metrics["calibration_ratio"]
    if 1 / limits.base_rate_ratio <= ratio.value <= limits.base_rate_ratio or not _differs_from_one(ratio):
        return None
    rates = f"{evaluation.training_base_rate:.1%}", f"{evaluation.base_rate:.1%}"
    return Wording(
        "The share of wins moved from {} in training to {} in the test period: it may move again, so watch the "
        "percentages and retrain often.".format(*rates),
        "成約率が学習期間の{}から検証期間の{}へ変化しています。今後も変わる可能性があるため、確率の値に注意し、こまめに"
        "再学習してください。".format(*rates),
    )


Rule: TypeAlias = Callable[[Evaluation, Limits], Wording | None]

STOPS: Final[tuple[Rule, ...]] = (_cannot_be_judged, _ranks_by_chance, _loses_to_base_rate)
"""A model that breaks one of these is not ready."""

CAUTIONS: Final[tuple[Rule, ...]] = (
    _is_too_good,
    _ranks_weakly,
    _loses_to_recency,
    _loses_to_logistic,
    _predicts_too_many_or_few,
    _is_badly_calibrated,
    _base_rate_moved,
    _too_few_wins,
)
"""A model that breaks one of these is to be used with care."""


def merits(evaluation: Evaluation) -> tuple[Wording, ...]:
    """Say what speaks for a model that breaks no rule."""
    metrics = evaluation.model.metrics
    auc, lift, ratio = metrics["roc_auc"], metrics["lift_at_10_percent"], metrics["calibration_ratio"]
    leads, wins = f"{evaluation.leads:,}", f"{evaluation.wins:,}"
    return (
        Wording(
            f"It ranks leads well that it had never seen: ROC AUC {_en(auc)} on {leads} leads, {wins} of them won.",
            f"学習に使っていないリード{leads}件(うち成約{wins}件)を適切に順位付けできています。"
            f"ROC AUCは{_ja(auc)}です。",
        ),
        Wording(
            f"Leads in the best 10% are won {lift.value:.1f} times as often as leads on average.",
            f"上位10%のリードの成約率は、全体平均の{lift.value:.1f}倍です。",
        ),
        Wording(
            f"Its percentages held: for every actual win it predicted {_en(ratio)}.",
            f"確率の値も実績とおおむね一致しています。実際の成約1件に対し、予測は{_ja(ratio)}件でした。",
        ),
    )


def _differs_from_one(ratio: Interval) -> bool:
    return ratio.above(1) or ratio.below(1)


def _losses_en(evaluation: Evaluation, compared: Comparison) -> str:
    ours, theirs = _losses(evaluation, compared)
    return f"log loss {ours} against {theirs}, difference {_en(compared.log_loss, '+.3f')}"


def _losses_ja(evaluation: Evaluation, compared: Comparison) -> str:
    ours, theirs = _losses(evaluation, compared)
    return f"対数損失は{ours}(比較対象は{theirs})、差は{_ja(compared.log_loss, '+.3f')}です"


def _losses(evaluation: Evaluation, compared: Comparison) -> tuple[str, str]:
    ours, theirs = evaluation.model.metrics["log_loss"], evaluation.score(compared.baseline).metrics["log_loss"]
    return f"{ours.value:.3f}", f"{theirs.value:.3f}"


def _en(interval: Interval, form: str = ".2f") -> str:
    return f"{interval.value:{form}} (95% interval {interval.low:{form}} to {interval.high:{form}})"


def _ja(interval: Interval, form: str = ".2f") -> str:
    return f"{interval.value:{form}}(95%信頼区間 {interval.low:{form}}〜{interval.high:{form}})"
