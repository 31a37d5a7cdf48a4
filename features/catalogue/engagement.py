"""What the lead did, and what we did with it."""

from collections.abc import Callable
from typing import Final

import numpy as np

from features.arrays import FloatArray
from features.catalogue.feature import NEVER, NOT_SENT, Feature, Unit
from features.view import View
from features.wording import Wording


def _count(name: str, stream: str, days: int | None, en: str, ja: str) -> Feature:
    """Count a stream, in a window or ever."""

    def measure(view: View) -> FloatArray:
        return view.ever(stream) if days is None else view.count(stream, days)

    span = Wording("ever", "累計") if days is None else Wording(f"in {days} days", f"直近{days}日")
    wording = Wording(f"{en} {span.en}", f"{ja}（{span.ja}）")
    return Feature(name, "count", "engagement", wording, None, measure)


def _days_since_last(name: str, stream: str, en: str, ja: str) -> Feature:
    wording = Wording(f"Days since the last {en}", f"最後の{ja}からの日数")
    return Feature(name, "days", "engagement", wording, NEVER, lambda view: view.days_since_last(stream))


def _other(
    name: str, unit: Unit, wording: Wording, missing: Wording | None, measure: Callable[[View], FloatArray]
) -> Feature:
    return Feature(name, unit, "engagement", wording, missing, measure)


def _rate(name: str, stream: str, en: str, ja: str) -> Feature:
    def measure(view: View) -> FloatArray:
        sent = view.ever("email_sent")
        return np.divide(view.ever(stream), sent, out=np.full_like(sent, np.nan), where=sent > 0)

    return _other(name, "share", Wording(en, ja), NOT_SENT, measure)


def _real_contact_share(view: View) -> FloatArray:
    real, web = view.ever("real_contact"), view.ever("web")
    return np.divide(real, real + web, out=np.full_like(real, np.nan), where=real + web > 0)


def _first_two_responses(view: View) -> FloatArray:
    return view.days_since_nth("response", 1) - view.days_since_nth("response", 2)


def _first_contact(view: View) -> FloatArray:
    created = view.records.created_ms[view.snapshots.lead]
    return np.maximum(view.days_since(created) - view.days_since_nth("real_contact", 1), 0.0)


def _active_days(view: View) -> FloatArray:
    return view.count_of(view.records.activities.active_days(), view.snapshots.lead, 90)


def _agents(view: View) -> FloatArray:
    return view.count_of(view.records.activities.agents(), view.snapshots.lead)


def _types(view: View) -> FloatArray:
    return view.count_of(view.records.activities.types_seen(), view.snapshots.lead)


def _unsubscribed(view: View) -> FloatArray:
    return (view.ever("unsubscribe") > 0).astype(np.float64)


def _share_of_last_week(view: View) -> FloatArray:
    month = view.count("any", 30)
    return np.divide(view.count("any", 7), month, out=np.full_like(month, np.nan), where=month > 0)


_MAIL: Final = (
    _count("emails_sent_90d", "email_sent", 90, "Mails sent", "メール送信数"),
    _count("email_opens_30d", "email_open", 30, "Mails opened", "メール開封数"),
    _count("email_clicks_30d", "email_click", 30, "Clicks in mails", "メール内クリック数"),
    _count("email_clicks_ever", "email_click", None, "Clicks in mails", "メール内クリック数"),
    _count("email_replies_90d", "email_reply", 90, "Replies to mails", "メール返信数"),
    _days_since_last("days_since_last_email_open", "email_open", "opened mail", "メール開封"),
    _days_since_last("days_since_last_email_click", "email_click", "click in a mail", "メール内クリック"),
    _days_since_last("days_since_last_email_reply", "email_reply", "reply to a mail", "メール返信"),
    _rate("email_open_rate", "email_open", "Opened per mail sent", "メール開封率"),
    _rate("email_click_rate", "email_click", "Clicks per mail sent", "メールクリック率"),
    _rate("email_reply_rate", "email_reply", "Replies per mail sent", "メール返信率"),
    _other("unsubscribed", "flag", Wording("Unsubscribed from mails", "メール配信停止"), None, _unsubscribed),
)

_WEB: Final = (
    _count("page_views_7d", "page_view", 7, "Pages viewed", "ページ閲覧数"),
    _count("page_views_30d", "page_view", 30, "Pages viewed", "ページ閲覧数"),
    _count("page_views_ever", "page_view", None, "Pages viewed", "ページ閲覧数"),
    _days_since_last("days_since_last_page_view", "page_view", "page view", "ページ閲覧"),
    _count("form_submits_90d", "form_submit", 90, "Forms sent in", "フォーム送信数"),
    _days_since_last("days_since_last_form_submit", "form_submit", "form sent in", "フォーム送信"),
    _count("content_downloads_90d", "content_download", 90, "Papers downloaded", "資料ダウンロード数"),
    _days_since_last("days_since_last_content_download", "content_download", "download of a paper", "資料ダウンロード"),
)

_CONTACT: Final = (
    _count("calls_30d", "call", 30, "Calls", "電話回数"),
    _count("calls_ever", "call", None, "Calls", "電話回数"),
    _days_since_last("days_since_last_call", "call", "call", "電話"),
    _count("meetings_30d", "meeting", 30, "Meetings", "商談・打ち合わせ回数"),
    _count("meetings_ever", "meeting", None, "Meetings", "商談・打ち合わせ回数"),
    _days_since_last("days_since_last_meeting", "meeting", "meeting", "商談・打ち合わせ"),
    _count("seminars_attended_365d", "seminar_attend", 365, "Seminars attended", "セミナー参加数"),
    _days_since_last("days_since_last_seminar", "seminar_attend", "seminar attended", "セミナー参加"),
    _count("event_visits_365d", "event_visit", 365, "Visits at events", "展示会・イベント来場数"),
    _count("survey_answers_365d", "survey_answer", 365, "Questionnaires answered", "アンケート回答数"),
    _count(
        "real_contacts_30d", "real_contact", 30, "Calls, meetings, seminars, events", "電話・商談・セミナー等の接点数"
    ),
    _count(
        "real_contacts_ever",
        "real_contact",
        None,
        "Calls, meetings, seminars, events",
        "電話・商談・セミナー等の接点数",
    ),
    _days_since_last(
        "days_since_last_real_contact",
        "real_contact",
        "call, meeting, seminar or event",
        "電話・商談・セミナー等の接点",
    ),
    _other(
        "real_contact_share",
        "share",
        Wording("Share of real contact against web behaviour", "直接の接点の割合（Web行動との比較）"),
        Wording("neither contact nor web behaviour yet", "接点もWeb行動もまだない"),
        _real_contact_share,
    ),
    _other(
        "days_to_first_real_contact",
        "days",
        Wording("Days from creation to the first real contact", "登録から最初の直接接点までの日数"),
        NEVER,
        _first_contact,
    ),
    _other("sales_people_involved", "people", Wording("Our people involved", "関与した自社担当者数"), None, _agents),
)

_PRODUCT: Final = (
    _days_since_last("days_since_trial_signup", "trial_signup", "sign-up for a trial", "トライアル申込"),
    _count("product_uses_7d", "product_use", 7, "Uses of the product", "製品利用回数"),
    _count("product_uses_30d", "product_use", 30, "Uses of the product", "製品利用回数"),
    _days_since_last("days_since_last_product_use", "product_use", "use of the product", "製品利用"),
)

_WHOLE: Final = (
    _count("activities_7d", "any", 7, "Activities of any kind", "全活動数"),
    _count("activities_30d", "any", 30, "Activities of any kind", "全活動数"),
    _count("activities_90d", "any", 90, "Activities of any kind", "全活動数"),
    _count("activities_ever", "any", None, "Activities of any kind", "全活動数"),
    Feature(
        "last_activity_type",
        "category",
        "engagement",
        Wording("Kind of the last activity", "最後の活動の種類"),
        NEVER,
        lambda view: view.records.activities.latest_types.latest(view.snapshots),
    ),
    _days_since_last("days_since_last_activity", "any", "activity of any kind", "活動"),
    _other(
        "share_of_activities_in_last_week",
        "share",
        Wording("Share of the last 30 days' activities in the last week", "直近30日の活動のうち直近7日の割合"),
        Wording("no activity in 30 days", "直近30日に活動がない"),
        _share_of_last_week,
    ),
    _other("activity_types_seen", "count", Wording("Kinds of activity so far", "これまでの活動の種類数"), None, _types),
    _count("responses_30d", "response", 30, "Active responses", "能動的な反応数"),
    _count("responses_ever", "response", None, "Active responses", "能動的な反応数"),
    _days_since_last("days_since_last_response", "response", "active response", "能動的な反応"),
    _other(
        "days_between_first_two_responses",
        "days",
        Wording("Days between the first and the second active response", "1回目から2回目の能動的な反応までの日数"),
        Wording("no second response yet", "2回目の反応がまだない"),
        _first_two_responses,
    ),
    _other(
        "active_days_90d",
        "days",
        Wording("Days with a response in 90 days", "反応のあった日数（直近90日）"),
        None,
        _active_days,
    ),
    _other(
        "response_points",
        "points",
        Wording("Active responses, old ones counting less", "能動的な反応（古いものほど軽く評価）"),
        None,
        lambda view: view.points("response"),
    ),
    _other(
        "activity_points",
        "points",
        Wording("Activities, old ones counting less", "全活動（古いものほど軽く評価）"),
        None,
        lambda view: view.points("any"),
    ),
)

ENGAGEMENT: Final = (*_MAIL, *_WEB, *_CONTACT, *_PRODUCT, *_WHOLE)
