"""What the lead's company and its other people did."""

from typing import Final

import numpy as np

from features.arrays import FloatArray
from features.catalogue.feature import NO_COLLEAGUES, Feature, Measure, Unit
from features.view import View
from features.wording import Wording


def _active_people(view: View) -> FloatArray:
    people = view.count_of(view.records.activities.active_people(), view.company)
    own = view.ever("response") > 0
    return np.where(view.has_colleagues, people - own, np.nan)


def _last_colleague_activity(view: View) -> FloatArray:
    return np.where(view.has_colleagues & (view.colleagues_ever("any") > 0), _company_recency(view), np.nan)


def _company_recency(view: View) -> FloatArray:
    return view.days_since_last_of(view.records.activities.company_stream("any"), view.company)


def _account(
    name: str, unit: Unit, en: str, ja: str, measure: Measure, missing: Wording | None = NO_COLLEAGUES
) -> Feature:
    return Feature(name, unit, "account", Wording(en, ja), missing, measure)


ACCOUNT: Final = (
    _account(
        "colleagues",
        "people",
        "Other people of the company known",
        "同じ企業の他の担当者数",
        lambda view: view.colleagues,
    ),
    _account(
        "active_colleagues", "people", "Other people of the company who responded", "反応した同僚の人数", _active_people
    ),
    _account(
        "colleague_activities_30d",
        "count",
        "Activities of other people of the company in 30 days",
        "同じ企業の他の担当者の活動数（直近30日）",
        lambda view: view.colleagues_count("any", 30),
    ),
    _account(
        "colleague_responses_90d",
        "count",
        "Active responses of other people of the company in 90 days",
        "同じ企業の他の担当者の能動的な反応数（直近90日）",
        lambda view: view.colleagues_count("response", 90),
    ),
    _account(
        "colleague_real_contacts_90d",
        "count",
        "Calls, meetings, seminars of other people of the company in 90 days",
        "同じ企業の他の担当者との直接の接点数（直近90日）",
        lambda view: view.colleagues_count("real_contact", 90),
    ),
    _account(
        "days_since_last_company_activity",
        "days",
        "Days since anybody of the company was active",
        "同じ企業の最後の活動からの日数",
        _last_colleague_activity,
    ),
    _account(
        "company_wins",
        "count",
        "Deals won with the company before",
        "同じ企業での過去の受注数",
        lambda view: view.count_of(view.records.company_wins, view.company),
        None,
    ),
    _account(
        "company_losses",
        "count",
        "Deals lost with the company before",
        "同じ企業での過去の失注数",
        lambda view: view.count_of(view.records.company_losses, view.company),
        None,
    ),
)
