"""The rules about what became of the leads: whether outcomes come back, and whether scores were right."""

from typing import Final

from features.wording import Wording
from models.quality.interval import Interval
from serving.monitoring.check import Check, State
from serving.monitoring.conversion import out_of_order
from serving.monitoring.judged import Quality
from serving.monitoring.outcome_window import OutcomeWindow
from serving.monitoring.reporting import Reporting
from serving.monitoring.thresholds import Thresholds

_SEND: Final = Wording(
    "Outcomes are missing: have the CRM report won and lost leads (POST /outcomes), or load its export regularly "
    "(make outcomes DATA=...).",
    "結果が届いていません。CRMから成約・失注を送信する（POST /outcomes）か、"
    "エクスポートを定期的に取り込んで（make outcomes DATA=...）ください。",
)
_LEVEL: Final = Wording(
    "Trust the order of the leads, not the percentages, and train anew (make train): newest outcomes set the level.",
    "確率の値ではなくリードの順位を信頼し、再学習（make train）してください。最新の結果で水準が補正されます。",
)
_RETRAIN: Final = Wording(
    "Train anew (make train) and let the newest outcomes decide which version is better.",
    "再学習（make train）し、最新の結果でどちらのバージョンがよいかを比べてください。",
)
_GRADES: Final = Wording(
    "Do not work by these grades until they are put right: train anew with GRADES=reset.",
    "グレードが直るまで優先順位付けに使わず、GRADES=reset で再学習してください。",
)
_MISSING: Final = Wording("cannot be told while outcomes are missing", "結果が届いていないため判定できません")


def outcome_checks(judged: OutcomeWindow, reporting: Reporting, until_ms: int, limits: Thresholds) -> tuple[Check, ...]:
    """Judge scores by what came of them, unless outcomes are missing: then all of them look too high."""
    reported = _reported(reporting, until_ms, limits)
    quality = judged.quality
    unknown = _MISSING if _are_missing(reporting, limits) else _too_few(quality, limits)
    return (
        reported,
        _calibration(quality, unknown, limits),
        _ranking(quality, unknown, limits),
        _order(judged, unknown),
    )


def _reported(reporting: Reporting, until_ms: int, limits: Thresholds) -> Check:
    quiet = reporting.quiet_days(until_ms)
    is_quiet = quiet is None or quiet > limits.quiet_days
    is_due = reporting.due >= limits.least_due
    state: State = "alarm" if (is_quiet and is_due) or _are_missing(reporting, limits) else "fine"
    return Check(
        name="outcomes",
        title=Wording("Outcomes coming back", "結果の報告"),
        rule=Wording(
            f"none for {limits.quiet_days} days while {limits.least_due} leads or more are due, or wins and losses "
            f"together fewer than {limits.least_decided_share:.0%} of the wins that were predicted",
            f"判定時期を迎えたリードが{limits.least_due}件以上あるのに{limits.quiet_days}日間報告がない、"
            f"または成約と失注の合計が予測成約数の{limits.least_decided_share:.0%}未満の場合",
        ),
        state="unknown" if state == "fine" and quiet is None else state,
        found=_of_reporting(reporting, quiet),
        next_step=_SEND,
    )


def _of_reporting(reporting: Reporting, quiet_days: float | None) -> Wording:
    due, decided, predicted = reporting.due, reporting.decided, reporting.predicted
    if quiet_days is None:
        return Wording(
            f"no outcome was ever reported; the horizon of {due} scored leads has passed",
            f"結果の報告なし（予測期間が過ぎたリード：{due}件）",
        )
    days = max(0.0, quiet_days)
    return Wording(
        f"days since the last one: {days:.0f}; of the leads that are due, {decided} are won or lost, and "
        f"{predicted:.0f} wins were predicted",
        f"最新の報告は{days:.0f}日前。判定時期を迎えたリードのうち結果あり{decided}件（予測成約数{predicted:.0f}件）",
    )


def _are_missing(reporting: Reporting, limits: Thresholds) -> bool:
    if reporting.last_ms is None:
        return reporting.due >= limits.least_due
    is_enough = reporting.predicted >= limits.least_wins
    return is_enough and reporting.decided < limits.least_decided_share * reporting.predicted


def _too_few(quality: Quality | None, limits: Thresholds) -> Wording | None:
    if quality is None:
        return Wording(
            "no score of this version has matured yet", "このバージョンのスコアはまだ判定時期を迎えていません"
        )
    if max(quality.won, quality.predicted) >= limits.least_wins:
        return None
    return Wording(
        f"{quality.won:.0f} wins have come back; {limits.least_wins} are needed",
        f"判明した成約は{quality.won:.0f}件（判定には{limits.least_wins}件必要）",
    )


def _calibration(quality: Quality | None, unknown: Wording | None, limits: Thresholds) -> Check:
    low, high = limits.least_ratio, limits.most_ratio
    is_off = quality is not None and _is_off(quality, limits)
    return Check(
        name="calibration",
        title=Wording("Predicted and actual wins", "予測成約数と実績"),
        rule=Wording(
            f"the whole interval of predicted over actual wins outside {low} to {high}",
            f"予測成約数÷実績成約数の信頼区間全体が{low}〜{high}の外にある場合",
        ),
        state=_state(unknown, is_alarm=is_off),
        found=unknown or _of_calibration(quality),
        next_step=_LEVEL,
    )


def _is_off(quality: Quality, limits: Thresholds) -> bool:
    ratio = quality.calibration_ratio
    # So many wins were predicted that none at all is no chance.
    return not quality.won or ratio.above(limits.most_ratio) or ratio.below(limits.least_ratio)


def _of_calibration(quality: Quality | None) -> Wording:
    if quality is None:
        return _MISSING
    ratio = quality.calibration_ratio
    en, ja = _spelled(ratio, 2)
    return Wording(
        f"{quality.predicted:.0f} wins predicted, {quality.won:.0f} came: {en}",
        f"予測{quality.predicted:.0f}件、実績{quality.won:.0f}件：{ja}",
    )


def _ranking(quality: Quality | None, unknown: Wording | None, limits: Thresholds) -> Check:
    promised = quality.promised_auc if quality else 0.0
    is_worse = quality is not None and quality.roc_auc.below(promised - limits.auc_loss)
    en, ja = _spelled(quality.roc_auc, 3) if quality else ("", "")
    return Check(
        name="ranking",
        title=Wording("Ranking (ROC AUC)", "順位付けの精度（ROC AUC）"),
        rule=Wording(
            f"the whole interval more than {limits.auc_loss} below what the probabilities of the same leads promise",
            f"信頼区間全体が、同じリードの確率から期待される値より{limits.auc_loss}を超えて低い場合",
        ),
        state=_state(unknown, is_alarm=is_worse),
        found=unknown or Wording(f"{en}; {promised:.3f} promised", f"{ja}、期待値{promised:.3f}"),
        next_step=_RETRAIN,
    )


def _order(judged: OutcomeWindow, unknown: Wording | None) -> Check:
    broken = out_of_order(judged.grades)
    told = [(lower.name, upper.name) for upper, lower in broken]
    shares = ", ".join(f"{one.name} {one.share.value:.1%}" for one in judged.grades if one.scores)
    en = "".join(f"; {lower} converts better than {upper}" for lower, upper in told)
    ja = "".join(f"。{lower}が{upper}より高い" for lower, upper in told)
    return Check(
        name="grades",
        title=Wording("Order of the grades", "グレードの順序"),
        rule=Wording(
            "a lower grade converts better than the one above, and their intervals do not meet",
            "下位のグレードの成約率が上位を上回り、信頼区間が重ならない場合",
        ),
        state=_state(unknown, is_alarm=bool(broken)),
        found=unknown or Wording(f"{shares}{en}", f"{shares}{ja}"),
        next_step=_GRADES,
    )


def _state(unknown: Wording | None, *, is_alarm: bool) -> State:
    if unknown is not None:
        return "unknown"
    return "alarm" if is_alarm else "fine"


def _spelled(interval: Interval, places: int) -> tuple[str, str]:
    value, low, high = (f"{one:.{places}f}" for one in (interval.value, interval.low, interval.high))
    return f"{value} ({low} to {high})", f"{value}（{low}〜{high}）"
