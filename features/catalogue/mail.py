"""Mails: sent, opened, clicked, replied to."""

from typing import Final

from features.catalogue.arithmetic import flag, share
from features.catalogue.feature import Feature
from features.catalogue.numerals import percent
from features.catalogue.sentence import NumberSentence, yes_or_no
from features.catalogue.stream import count, days_since_last, never_missing
from features.seen import Numbers, Seen
from features.wording import Wording

NOT_SENT: Final = Wording("no mail sent yet", "メール送信はまだありません")


def _rate(name: str, stream: str, wording: Wording, many: Wording, zero: Wording) -> Feature:
    """Relate a stream to the mails sent; more than one where a mail was opened twice."""

    def measure(view: Seen) -> Numbers:
        return share(view.ever(stream), view.ever("email_sent"))

    sentence = NumberSentence(many, percent, zero=zero)
    return Feature(name, "share", "engagement", wording, NOT_SENT, measure, sentence)


def _unsubscribed(view: Seen) -> Numbers:
    return flag(view.ever("unsubscribe") > 0)


MAIL: Final = (
    count("emails_sent_90d", "email_sent", 90),
    count("email_opens_30d", "email_open", 30),
    count("email_clicks_30d", "email_click", 30),
    count("email_clicks_ever", "email_click", None),
    count("email_replies_90d", "email_reply", 90),
    days_since_last("days_since_last_email_open", "email_open"),
    days_since_last("days_since_last_email_click", "email_click"),
    days_since_last("days_since_last_email_reply", "email_reply"),
    _rate(
        "email_open_rate",
        "email_open",
        Wording("Opened per mail sent", "メール開封率"),
        many=Wording("mail open rate {}", "メール開封率{}"),
        zero=Wording("none of the mails sent was opened", "送信メールの開封なし"),
    ),
    _rate(
        "email_click_rate",
        "email_click",
        Wording("Clicks per mail sent", "メールクリック率"),
        many=Wording("mail click rate {}", "メールクリック率{}"),
        zero=Wording("no click in any mail sent", "送信メールのクリックなし"),
    ),
    _rate(
        "email_reply_rate",
        "email_reply",
        Wording("Replies per mail sent", "メール返信率"),
        many=Wording("mail reply rate {}", "メール返信率{}"),
        zero=Wording("no reply to any mail sent", "送信メールへの返信なし"),
    ),
    never_missing(
        "unsubscribed",
        "flag",
        Wording("Unsubscribed from mails", "メール配信停止"),
        _unsubscribed,
        yes_or_no(
            Wording("unsubscribed from mails", "メール配信停止済み"),
            Wording("not unsubscribed from mails", "メール配信停止なし"),
        ),
    ),
)
