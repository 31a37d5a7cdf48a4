"""Features that any activity type gets, known to us or not."""

from typing import Final, Literal, TypeAlias, get_args

from features.catalogue.feature import Feature, Measure, plain_name
from features.catalogue.numerals import duration
from features.catalogue.sentence import NumberSentence, escaped
from features.catalogue.stream_measure import StreamMeasure
from features.wording import Wording

Statistic: TypeAlias = Literal["count_7d", "count_30d", "count_ever", "days_since_last"]
STATISTICS: Final[tuple[Statistic, ...]] = get_args(Statistic)

_WORDINGS: Final = {
    "count_7d": Wording("'{}' in 7 days", "「{}」の回数（直近7日）"),
    "count_30d": Wording("'{}' in 30 days", "「{}」の回数（直近30日）"),
    "count_ever": Wording("'{}' ever", "「{}」の回数（累計）"),
    "days_since_last": Wording("Days since the last '{}'", "最後の「{}」からの日数"),
}
_SPANS: Final = {
    "count_7d": Wording("in the last 7 days", "直近7日の"),
    "count_30d": Wording("in the last 30 days", "直近30日の"),
    "count_ever": Wording("so far", "これまでの"),
}


def _measure(activity_type: str, statistic: Statistic) -> Measure:
    if statistic == "days_since_last":
        return StreamMeasure(activity_type, statistic)
    if statistic == "count_ever":
        return StreamMeasure(activity_type, "ever")
    return StreamMeasure(activity_type, int(statistic.removeprefix("count_").removesuffix("d")))


def _sentence(activity_type: str, statistic: Statistic) -> NumberSentence:
    name = escaped(activity_type)
    if statistic == "days_since_last":
        return NumberSentence(Wording(f"last '{name}' {{}} ago", f"最後の「{name}」から{{}}"), duration)
    span = _SPANS[statistic]
    return NumberSentence(
        many=Wording(f"'{name}' {{}} times {span.en}", f"{span.ja}「{name}」{{}}回"),
        one=Wording(f"'{name}' once {span.en}", f"{span.ja}「{name}」1回"),
        zero=Wording(f"no '{name}' {span.en}", f"{span.ja}「{name}」なし"),
    )


def activity_type_feature(activity_type: str, statistic: Statistic) -> Feature:
    """Return one of the generic features of an activity type."""
    wording = _WORDINGS[statistic]
    recency = statistic == "days_since_last"
    return Feature(
        name=f"activity_{plain_name(activity_type)}_{statistic}",
        unit="days" if recency else "count",
        group="engagement",
        wording=Wording(wording.en.format(activity_type), wording.ja.format(activity_type)),
        missing=Wording(f"no '{activity_type}' yet", f"「{activity_type}」はまだありません") if recency else None,
        measure=_measure(activity_type, statistic),
        sentence=_sentence(activity_type, statistic),
    )
