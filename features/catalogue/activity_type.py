"""Features that any activity type gets, known to us or not."""

from typing import Final, Literal, TypeAlias, get_args

from features.catalogue.feature import NEVER, Feature, Measure, plain_name
from features.wording import Wording

Statistic: TypeAlias = Literal["count_7d", "count_30d", "count_ever", "days_since_last"]
STATISTICS: Final[tuple[Statistic, ...]] = get_args(Statistic)

_WORDINGS: Final = {
    "count_7d": Wording("'{}' in 7 days", "「{}」の回数（直近7日）"),
    "count_30d": Wording("'{}' in 30 days", "「{}」の回数（直近30日）"),
    "count_ever": Wording("'{}' ever", "「{}」の回数（累計）"),
    "days_since_last": Wording("Days since the last '{}'", "最後の「{}」からの日数"),
}


def _measure(activity_type: str, statistic: Statistic) -> Measure:
    if statistic == "days_since_last":
        return lambda view: view.days_since_last(activity_type)
    if statistic == "count_ever":
        return lambda view: view.ever(activity_type)
    days = int(statistic.removeprefix("count_").removesuffix("d"))
    return lambda view: view.count(activity_type, days)


def activity_type_feature(activity_type: str, statistic: Statistic) -> Feature:
    """Return one of the generic features of an activity type."""
    wording = _WORDINGS[statistic]
    recency = statistic == "days_since_last"
    return Feature(
        name=f"activity_{plain_name(activity_type)}_{statistic}",
        unit="days" if recency else "count",
        group="engagement",
        wording=Wording(wording.en.format(activity_type), wording.ja.format(activity_type)),
        missing=NEVER if recency else None,
        measure=_measure(activity_type, statistic),
    )
