"""Things that happen, with the words for how often and how long ago."""

from dataclasses import dataclass
from typing import Final

from features.catalogue.numerals import duration
from features.catalogue.sentence import NumberSentence
from features.wording import Wording


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A thing that happens to leads.

    Attributes
    ----------
    one, many : str
        In English, for one and for several.
    ja : str
        In Japanese.
    counter : str
        What Japanese counts it with.
    total : str
        The Japanese name for how many there were.
    """

    one: str
    many: str
    ja: str
    counter: str
    total: str

    def count_wording(self, days: int | None) -> Wording:
        """Return the name for how often it happened, in the last days or ever."""
        many = self.many[0].upper() + self.many[1:]
        if days is None:
            return Wording(f"{many} ever", f"{self.total}（累計）")
        return Wording(f"{many} in {days} days", f"{self.total}（直近{days}日）")

    def count_sentence(self, days: int | None) -> NumberSentence:
        """Return the sentence for how often it happened, in the last days or ever."""
        span = (
            Wording("so far", "これまでの") if days is None else Wording(f"in the last {days} days", f"直近{days}日の")
        )
        counted = f"{span.ja}{self.ja}{{}}{self.counter}"
        return NumberSentence(
            many=Wording(f"{{}} {self.many} {span.en}", counted),
            one=Wording(f"1 {self.one} {span.en}", counted.format("1")),
            zero=Wording(f"no {self.one} {span.en}", f"{span.ja}{self.ja}なし"),
        )

    def recency_wording(self) -> Wording:
        """Return the name for the days since the last time."""
        return Wording(f"Days since the last {self.one}", f"最後の{self.ja}からの日数")

    def recency_sentence(self) -> NumberSentence:
        """Return the sentence for the days since the last time."""
        return NumberSentence(Wording(f"last {self.one} {{}} ago", f"最後の{self.ja}から{{}}"), duration)

    def never(self) -> Wording:
        """Return the sentence for what has not happened."""
        return Wording(f"no {self.one} yet", f"{self.ja}はまだありません")


OCCURRENCES: Final = {
    "email_sent": Occurrence("mail sent", "mails sent", "メール送信", "通", "メール送信数"),
    "email_open": Occurrence("mail opened", "mails opened", "メール開封", "回", "メール開封数"),
    "email_click": Occurrence("click in mails", "clicks in mails", "メール内クリック", "回", "メール内クリック数"),
    "email_reply": Occurrence("reply to mails", "replies to mails", "メール返信", "件", "メール返信数"),
    "page_view": Occurrence("page viewed", "pages viewed", "ページ閲覧", "回", "ページ閲覧数"),
    "form_submit": Occurrence("form submitted", "forms submitted", "フォーム送信", "回", "フォーム送信数"),
    "content_download": Occurrence(
        "paper downloaded", "papers downloaded", "資料ダウンロード", "回", "資料ダウンロード数"
    ),
    "call": Occurrence("call", "calls", "電話", "回", "電話回数"),
    "meeting": Occurrence("meeting", "meetings", "商談・打ち合わせ", "回", "商談・打ち合わせ回数"),
    "seminar_attend": Occurrence("seminar attended", "seminars attended", "セミナー参加", "回", "セミナー参加数"),
    "event_visit": Occurrence(
        "visit at an event", "visits at events", "展示会・イベント来場", "回", "展示会・イベント来場数"
    ),
    "survey_answer": Occurrence(
        "questionnaire answered", "questionnaires answered", "アンケート回答", "件", "アンケート回答数"
    ),
    "trial_signup": Occurrence(
        "sign-up for a trial", "sign-ups for a trial", "トライアル申込", "件", "トライアル申込数"
    ),
    "product_use": Occurrence("use of the product", "uses of the product", "製品利用", "回", "製品利用回数"),
    "unsubscribe": Occurrence(
        "unsubscription from mails", "unsubscriptions from mails", "メール配信停止", "件", "メール配信停止数"
    ),
    "real_contact": Occurrence(
        "call, meeting, seminar or event",
        "calls, meetings, seminars or events",
        "電話・商談・セミナー等の接点",
        "回",
        "電話・商談・セミナー等の接点数",
    ),
    "response": Occurrence("active response", "active responses", "能動的な反応", "件", "能動的な反応数"),
    "any": Occurrence("activity of any kind", "activities of any kind", "活動", "件", "全活動数"),
}
"""By stream, as in ``features.streams``."""
