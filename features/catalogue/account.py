"""What the lead's company and its other people did."""

from typing import Final

from features.catalogue.feature import Feature, Measure
from features.catalogue.numerals import duration
from features.catalogue.occurrence import Occurrence
from features.catalogue.sentence import NumberSentence
from features.wording import Wording

NO_COLLEAGUES: Final = Wording("no other person of the company known", "同じ企業の他の担当者は登録されていません")

_ACTIVITIES: Final = Occurrence(
    "activity of other people of the company",
    "activities of other people of the company",
    "同じ企業の他の担当者の活動",
    "件",
    "同じ企業の他の担当者の活動数",
)
_RESPONSES: Final = Occurrence(
    "active response of other people of the company",
    "active responses of other people of the company",
    "同じ企業の他の担当者の能動的な反応",
    "件",
    "同じ企業の他の担当者の能動的な反応数",
)
_REAL_CONTACTS: Final = Occurrence(
    "call, meeting, seminar or event with other people of the company",
    "calls, meetings, seminars or events with other people of the company",
    "同じ企業の他の担当者との直接の接点",
    "回",
    "同じ企業の他の担当者との直接の接点数",
)


def _people(name: str, wording: Wording, measure: Measure, sentence: NumberSentence) -> Feature:
    return Feature(name, "people", "account", wording, NO_COLLEAGUES, measure, sentence)


def _count(name: str, occurrence: Occurrence, stream: str, days: int) -> Feature:
    wording, sentence = occurrence.count_wording(days), occurrence.count_sentence(days)
    return Feature(
        name, "count", "account", wording, NO_COLLEAGUES, lambda view: view.colleagues_count(stream, days), sentence
    )


def _past_deals(name: str, wording: Wording, ended: Wording, measure: Measure) -> Feature:
    """Count the deals that ended in one way."""
    sentence = NumberSentence(
        many=Wording(f"{{}} deals {ended.en} with the company before", f"同じ企業での過去の{ended.ja}{{}}件"),
        one=Wording(f"1 deal {ended.en} with the company before", f"同じ企業での過去の{ended.ja}1件"),
        zero=Wording(f"no deal {ended.en} with the company before", f"同じ企業での過去の{ended.ja}なし"),
    )
    return Feature(name, "count", "account", wording, None, measure, sentence)


ACCOUNT: Final = (
    _people(
        "colleagues",
        Wording("Other people of the company known", "同じ企業の他の担当者数"),
        lambda view: view.colleagues,
        NumberSentence(
            many=Wording("{} other people of the company known", "同じ企業の他の担当者{}名"),
            one=Wording("1 other person of the company known", "同じ企業の他の担当者1名"),
            zero=Wording("no other person of the company known", "同じ企業の他の担当者なし"),
        ),
    ),
    _people(
        "active_colleagues",
        Wording("Other people of the company who responded", "反応した同僚の人数"),
        lambda view: view.active_colleagues(),
        NumberSentence(
            many=Wording("{} other people of the company responded", "同じ企業の他の担当者{}名が反応"),
            one=Wording("1 other person of the company responded", "同じ企業の他の担当者1名が反応"),
            zero=Wording("no other person of the company responded", "同じ企業の他の担当者の反応なし"),
        ),
    ),
    _count("colleague_activities_30d", _ACTIVITIES, "any", 30),
    _count("colleague_responses_90d", _RESPONSES, "response", 90),
    _count("colleague_real_contacts_90d", _REAL_CONTACTS, "real_contact", 90),
    Feature(
        "days_since_last_company_activity",
        "days",
        "account",
        Wording("Days since anybody of the company was active", "同じ企業の最後の活動からの日数"),
        Wording("no activity of other people of the company yet", "同じ企業の他の担当者の活動はまだありません"),
        lambda view: view.days_since_last_of_company(),
        NumberSentence(
            Wording("last activity of anybody of the company {} ago", "同じ企業の最後の活動から{}"), duration
        ),
    ),
    _past_deals(
        "company_wins",
        Wording("Deals won with the company before", "同じ企業での過去の受注数"),
        Wording("won", "受注"),
        lambda view: view.company_deals("won"),
    ),
    _past_deals(
        "company_losses",
        Wording("Deals lost with the company before", "同じ企業での過去の失注数"),
        Wording("lost", "失注"),
        lambda view: view.company_deals("lost"),
    ),
)
