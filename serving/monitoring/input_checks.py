"""The rules about what the model sees: inputs, probabilities, unseen values."""

from collections.abc import Sequence
from typing import Final

from features.wording import Wording
from serving.monitoring.check import Check, State
from serving.monitoring.input_drift import FeatureDrift, InputDrift
from serving.monitoring.thresholds import Thresholds

_MOST_NAMED: Final = 5
_RETRAIN: Final = Wording(
    "Find out whether the market moved, or a field of the CRM, its mapping or its mail tool changed. Mend what broke; "
    "where leads really are different, train anew (make train).",
    "市場の変化か、CRMの項目・取り込み設定・メール配信ツールの変更かを確認してください。不具合は修正し、"
    "リード自体が変わった場合は再学習（make train）してください。",
)
_MAPPING: Final = Wording(
    "Look at the new values in the CRM: renamed options are put right in the mapping, new ones need a training "
    "(make train) once there are outcomes of them.",
    "CRMの新しい値を確認してください。選択肢の名称変更は取り込み設定で直し、"
    "新しい選択肢は結果が集まってから再学習（make train）してください。",
)


def input_checks(inputs: InputDrift | None, limits: Thresholds) -> tuple[Check, ...]:
    """Judge what the model saw lately."""
    return _features(inputs, limits), _scores(inputs, limits), _unseen(inputs, limits)


def _features(inputs: InputDrift | None, limits: Thresholds) -> Check:
    bound = limits.stability_index
    moved = [one for one in inputs.features if one.drift.is_beyond(limits.stability_index)] if inputs else []
    found = _too_few(inputs, limits) or _of_features(inputs.features if inputs else (), moved)
    return Check(
        name="inputs",
        title=Wording("Inputs", "入力項目"),
        rule=Wording(
            f"population stability index more than {bound} above what days, and months as far apart as the model is "
            f"old, differed by in the training, with at least {limits.least_leads} leads and beyond chance",
            f"母集団安定性指標（PSI）が、学習データでの日ごとの変動と、モデルの経過日数に応じた月ごとの変動を{bound}超上回る場合"
            f"（リード{limits.least_leads}件以上、かつ偶然の範囲を超える場合）",
        ),
        state=_state(inputs, limits, is_alarm=bool(moved)),
        found=found,
        next_step=_RETRAIN,
    )


def _of_features(features: Sequence[FeatureDrift], moved: Sequence[FeatureDrift]) -> Wording:
    if not moved:
        most = features[0]
        return Wording(
            f"no input has moved far; {most.drift.wording.en} most, with {most.drift.index:.2f}",
            f"大きく変化した項目なし（最大は「{most.drift.wording.ja}」の{most.drift.index:.2f}）",
        )
    named, more = moved[:_MOST_NAMED], len(moved) - _MOST_NAMED
    en = ", ".join(f"{one.drift.wording.en} ({one.drift.index:.2f})" for one in named)
    ja = "、".join(f"{one.drift.wording.ja}（{one.drift.index:.2f}）" for one in named)
    return Wording(
        f"{len(moved)} of {len(features)} inputs have moved far: {en}{f' and {more} more' if more > 0 else ''}",
        f"{len(features)}項目中{len(moved)}項目が大きく変化：{ja}{f'、ほか{more}項目' if more > 0 else ''}",
    )


def _scores(inputs: InputDrift | None, limits: Thresholds) -> Check:
    index = inputs.score.index if inputs else 0.0
    return Check(
        name="scores",
        title=Wording("Probabilities", "成約確率"),
        rule=Wording("as for an input", "入力項目と同じ基準"),
        state=_state(inputs, limits, is_alarm=inputs is not None and inputs.score.is_beyond(limits.stability_index)),
        found=_too_few(inputs, limits)
        or Wording(f"index {index:.2f} against the training", f"学習時と比べた指標は{index:.2f}"),
        next_step=Wording(
            "Scores are spread otherwise than in the training: look at the inputs that moved first; where none did, at "
            "which leads the CRM asks about.",
            "スコアの分布が学習時と異なります。まず変化した入力項目を、なければCRMがどのリードを採点しているかを確認してください。",
        ),
    )


def _unseen(inputs: InputDrift | None, limits: Thresholds) -> Check:
    most = inputs.most_unseen if inputs else None
    is_alarm = any(one.has_more_unseen(limits.unseen_share) for one in inputs.features) if inputs else False
    return Check(
        name="unseen",
        title=Wording("Unseen values", "未知の値"),
        rule=Wording(
            f"rare or unseen values of a category in over {limits.unseen_share:.0%} more of the leads than were usual "
            "in the training for a model of this age",
            f"区分項目の未知・まれな値の割合が、同じ経過日数のモデルについて学習データから見込まれる割合より"
            f"{100 * limits.unseen_share:.0f}ポイント超高い場合",
        ),
        state=_state(inputs, limits, is_alarm=is_alarm),
        found=_too_few(inputs, limits) or _of_unseen(most),
        next_step=_MAPPING,
    )


def _of_unseen(most: FeatureDrift | None) -> Wording:
    if most is None or most.unseen is None or most.usually_unseen is None:
        return Wording("the model has no categories", "区分項目のないモデルです")
    share, usual = most.unseen.value, most.usually_unseen.value
    return Wording(
        f"{most.drift.wording.en}: {share:.1%} of the leads have a rare or unseen value, {usual:.1%} are usual",
        f"「{most.drift.wording.ja}」：未知・まれな値のリードが{share:.1%}（通常{usual:.1%}）",
    )


def _state(inputs: InputDrift | None, limits: Thresholds, *, is_alarm: bool) -> State:
    if inputs is None or inputs.leads < limits.least_leads:
        return "unknown"
    return "alarm" if is_alarm else "fine"


def _too_few(inputs: InputDrift | None, limits: Thresholds) -> Wording | None:
    if inputs is None:
        return Wording(
            "the model was trained before a reference was kept with it; the next training keeps one",
            "比較の基準を持たない旧形式のモデルです（次回の学習で保存されます）",
        )
    if inputs.leads >= limits.least_leads:
        return None
    return Wording(
        f"{inputs.leads} leads were scored by this version lately; {limits.least_leads} are needed",
        f"このバージョンが最近採点したリードは{inputs.leads}件（判定には{limits.least_leads}件必要）",
    )
