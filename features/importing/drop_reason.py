"""Why a column of an export must not become a feature."""

from typing import Final, Literal, TypeAlias

from features.wording import Wording

DropReason: TypeAlias = Literal[
    "outcome", "as_of_export", "current", "ambiguous", "score", "person", "technical", "duplicate"
]

DROP_REASONS: Final[dict[DropReason, Wording]] = {
    "outcome": Wording(
        "tells the outcome, or is only filled in with it",
        "結果そのもの、または結果とともに入力される項目",
    ),
    "as_of_export": Wording(
        "holds the state as of the export, not as of the day that is scored",
        "エクスポート時点の値であり、予測時点の値ではない",
    ),
    "current": Wording(
        "changes while the lead is worked on, and only its history would say what it was",
        "営業活動の中で書き換えられる項目で、変更履歴がなければ当時の値がわからない",
    ),
    "ambiguous": Wording(
        "does not tell an answer from a question that nobody asked",
        "未確認なのか回答なのかを区別できない項目",
    ),
    "score": Wording("is a score of the CRM's own", "CRM側が算出したスコア"),
    "person": Wording("names or describes a person", "個人を特定できる情報"),
    "technical": Wording("is of use to the CRM only", "CRMの内部管理用の項目"),
    "duplicate": Wording("repeats what another column says", "ほかの項目と同じ内容"),
}
"""The reasons a mapping can give, by their codes."""
