"""What the lead did, and what we did with it."""

from typing import Final

from features.catalogue.arithmetic import share
from features.catalogue.category_words import ACTIVITY_TYPE
from features.catalogue.contact import CONTACT
from features.catalogue.feature import Feature
from features.catalogue.mail import MAIL
from features.catalogue.numerals import duration, percent, plain
from features.catalogue.occurrence import OCCURRENCES
from features.catalogue.sentence import CategorySentence, NumberSentence
from features.catalogue.stream import count, days_since_last, never_missing
from features.seen import Numbers, Seen
from features.wording import Wording


def _first_two_responses(view: Seen) -> Numbers:
    return view.days_since_nth("response", 1) - view.days_since_nth("response", 2)


def _points(view: Seen, stream: str) -> Numbers:
    """Sum the activities of a stream, old ones for less: 1 in the last week, then 0.5, 0.25 and 0.1 to a year."""
    week, month = view.count(stream, 7), view.count(stream, 30)
    quarter, year = view.count(stream, 90), view.count(stream, 365)
    # Not a matrix product, whose rounding depends on how many rows there are.
    return week + (month - week) * 0.5 + (quarter - month) * 0.25 + (year - quarter) * 0.1


def _share_of_last_week(view: Seen) -> Numbers:
    return share(view.count("any", 7), view.count("any", 30))


_WEB: Final = (
    count("page_views_7d", "page_view", 7),
    count("page_views_30d", "page_view", 30),
    count("page_views_ever", "page_view", None),
    days_since_last("days_since_last_page_view", "page_view"),
    count("form_submits_90d", "form_submit", 90),
    days_since_last("days_since_last_form_submit", "form_submit"),
    count("content_downloads_90d", "content_download", 90),
    days_since_last("days_since_last_content_download", "content_download"),
)

_PRODUCT: Final = (
    days_since_last("days_since_trial_signup", "trial_signup"),
    count("product_uses_7d", "product_use", 7),
    count("product_uses_30d", "product_use", 30),
    days_since_last("days_since_last_product_use", "product_use"),
)

_WHOLE: Final = (
    count("activities_7d", "any", 7),
    count("activities_30d", "any", 30),
    count("activities_90d", "any", 90),
    count("activities_ever", "any", None),
    Feature(
        "last_activity_type",
        "category",
        "engagement",
        Wording("Kind of the last activity", "最後の活動の種類"),
        OCCURRENCES["any"].never(),
        lambda view: view.last_type(),
        CategorySentence(Wording("last activity", "最後の活動"), ACTIVITY_TYPE),
    ),
    days_since_last("days_since_last_activity", "any"),
    Feature(
        "share_of_activities_in_last_week",
        "share",
        "engagement",
        Wording("Share of the last 30 days' activities in the last week", "直近30日の活動のうち直近7日の割合"),
        Wording("no activity of any kind in the last 30 days", "直近30日の活動なし"),
        _share_of_last_week,
        NumberSentence(
            many=Wording("{} of the last 30 days' activities fell in the last week", "直近30日の活動のうち{}が直近7日"),
            written=percent,
            zero=Wording("activities in the last 30 days, none in the last week", "直近30日の活動のうち直近7日はなし"),
        ),
    ),
    never_missing(
        "activity_types_seen",
        "count",
        Wording("Kinds of activity so far", "これまでの活動の種類数"),
        lambda view: view.types_seen(),
        NumberSentence(
            many=Wording("{} kinds of activity so far", "これまでの活動{}種類"),
            one=Wording("1 kind of activity so far", "これまでの活動1種類"),
            zero=Wording("no activity of any kind so far", "これまでの活動なし"),
        ),
    ),
    count("responses_30d", "response", 30),
    count("responses_ever", "response", None),
    days_since_last("days_since_last_response", "response"),
    Feature(
        "days_between_first_two_responses",
        "days",
        "engagement",
        Wording("Days between the first and the second active response", "1回目から2回目の能動的な反応までの日数"),
        Wording("no second active response yet", "2回目の能動的な反応はまだありません"),
        _first_two_responses,
        NumberSentence(
            Wording("second active response {} after the first", "1回目から2回目の能動的な反応まで{}"), duration
        ),
    ),
    never_missing(
        "active_days_90d",
        "days",
        Wording("Days with a response in 90 days", "反応のあった日数（直近90日）"),
        lambda view: view.active_days(90),
        NumberSentence(
            many=Wording("{} days with a response in the last 90 days", "直近90日のうち反応のあった日は{}日"),
            one=Wording("1 day with a response in the last 90 days", "直近90日のうち反応のあった日は1日"),
            zero=Wording("no day with a response in the last 90 days", "直近90日に反応のあった日なし"),
        ),
    ),
    never_missing(
        "response_points",
        "points",
        Wording("Active responses, old ones counting less", "能動的な反応（古いものほど軽く評価）"),
        lambda view: _points(view, "response"),
        NumberSentence(
            many=Wording(
                "active responses worth {} points, old ones counting less",
                "能動的な反応{}ポイント（古いものほど軽く評価）",
            ),
            written=plain,
            one=Wording(
                "active responses worth 1 point, old ones counting less",
                "能動的な反応1ポイント（古いものほど軽く評価）",
            ),
            zero=Wording("no active response in the last year", "直近1年の能動的な反応なし"),
        ),
    ),
    never_missing(
        "activity_points",
        "points",
        Wording("Activities, old ones counting less", "全活動（古いものほど軽く評価）"),
        lambda view: _points(view, "any"),
        NumberSentence(
            many=Wording(
                "activities worth {} points, old ones counting less", "全活動{}ポイント（古いものほど軽く評価）"
            ),
            written=plain,
            one=Wording("activities worth 1 point, old ones counting less", "全活動1ポイント（古いものほど軽く評価）"),
            zero=Wording("no activity of any kind in the last year", "直近1年の活動なし"),
        ),
    ),
)

ENGAGEMENT: Final = (*MAIL, *_WEB, *CONTACT, *_PRODUCT, *_WHOLE)
