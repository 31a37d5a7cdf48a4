"""Real contact: calls, meetings, seminars, events."""

from typing import Final

from features.catalogue.arithmetic import at_least_zero, share
from features.catalogue.feature import Feature
from features.catalogue.numerals import duration, percent
from features.catalogue.occurrence import OCCURRENCES
from features.catalogue.sentence import NumberSentence
from features.catalogue.stream import count, days_since_last, never_missing
from features.seen import Numbers, Seen
from features.wording import Wording


def _real_contact_share(view: Seen) -> Numbers:
    real, web = view.ever("real_contact"), view.ever("web")
    return share(real, real + web)


def _first_contact(view: Seen) -> Numbers:
    return at_least_zero(view.days_since_created() - view.days_since_nth("real_contact", 1))


CONTACT: Final = (
    count("calls_30d", "call", 30),
    count("calls_ever", "call", None),
    days_since_last("days_since_last_call", "call"),
    count("meetings_30d", "meeting", 30),
    count("meetings_ever", "meeting", None),
    days_since_last("days_since_last_meeting", "meeting"),
    count("seminars_attended_365d", "seminar_attend", 365),
    days_since_last("days_since_last_seminar", "seminar_attend"),
    count("event_visits_365d", "event_visit", 365),
    count("survey_answers_365d", "survey_answer", 365),
    count("real_contacts_30d", "real_contact", 30),
    count("real_contacts_ever", "real_contact", None),
    days_since_last("days_since_last_real_contact", "real_contact"),
    Feature(
        "real_contact_share",
        "share",
        "engagement",
        Wording("Share of real contact against web behaviour", "直接の接点の割合（Web行動との比較）"),
        Wording("neither real contact nor web behaviour yet", "直接の接点もWeb行動もまだありません"),
        _real_contact_share,
        NumberSentence(
            many=Wording("share of real contact {} against web behaviour", "直接の接点の割合{}（Web行動との比較）"),
            written=percent,
            zero=Wording("only web behaviour so far, no real contact", "Web行動のみで直接の接点なし"),
        ),
    ),
    Feature(
        "days_to_first_real_contact",
        "days",
        "engagement",
        Wording("Days from creation to the first real contact", "登録から最初の直接接点までの日数"),
        OCCURRENCES["real_contact"].never(),
        _first_contact,
        NumberSentence(
            many=Wording("first real contact {} after creation", "登録から最初の直接接点まで{}"),
            written=duration,
            zero=Wording("real contact from the start", "登録時点で直接の接点あり"),
        ),
    ),
    never_missing(
        "sales_people_involved",
        "people",
        Wording("Our people involved", "関与した自社担当者数"),
        lambda view: view.agents(),
        NumberSentence(
            many=Wording("{} of our people involved", "自社担当者{}名が関与"),
            zero=Wording("none of our people involved yet", "自社担当者の関与なし"),
        ),
    ),
)
