"""Every rule of the watch, in the order in which people read them."""

from features.wording import Wording
from serving.monitoring.check import Check, State
from serving.monitoring.input_checks import input_checks
from serving.monitoring.outcome_checks import outcome_checks
from serving.monitoring.thresholds import THRESHOLDS, Thresholds
from serving.monitoring.watch import Watch


def checks_of(found: Watch, limits: Thresholds = THRESHOLDS) -> tuple[Check, ...]:
    """Judge what was found; those that need a person stand first."""
    checks = (
        *outcome_checks(found.judged, found.reporting, found.period.until_ms, limits),
        *input_checks(found.inputs, limits),
        _age(found.age_days, limits),
    )
    return tuple(sorted(checks, key=lambda check: not check.needs_person))


def _age(days: float | None, limits: Thresholds) -> Check:
    state: State = "unknown" if days is None else "alarm" if days > limits.most_days else "fine"
    told = "–" if days is None else f"{days:.0f}"
    return Check(
        name="age",
        title=Wording("Age of the model", "モデルの経過日数"),
        rule=Wording(
            f"more than {limits.most_days} days since its data end", f"データ終了日から{limits.most_days}日超"
        ),
        state=state,
        found=Wording(f"{told} days since the end of its data", f"データ終了日から{told}日"),
        next_step=Wording(
            "Train anew on the newest data (make train); a schedule does it by itself.",
            "最新のデータで再学習（make train）してください。定期実行にすると自動化できます。",
        ),
    )
