"""A simulated CRM as Salesforce would hold it."""

import numpy as np
import pandas as pd

from tests.features.importing.exports.export import Export, Frames, end_of_day, first_deals, iso, translated
from tests.features.importing.exports.salesforce_activities import CAMPAIGNS, activity_files, contact_ids

ROLES = {
    "decision_maker": "Decision Maker",
    "budget_holder": "Economic Buyer",
    "executive_sponsor": "Executive Sponsor",
    "champion": "Champion",
    "influencer": "Evaluator",
    "end_user": "Business User",
    "blocker": "Blocker",
    "other": "Other",
}
STATUSES = {
    "mql": "MQL",
    "tal": "TAL",
    "tql": "TQL",
    "sal": "Working - Contacted",
    "sgl": "SGL",
    "recycled": "Recycled",
    "disqualified": "Closed - Not Converted",
}
DEAL_STAGES = {"sql": "Qualification", "closed_won": "Closed Won", "closed_lost": "Closed Lost"}
CUSTOM = (
    *("product_interest", "seats", "wants_demo", "contract_renewal_on", "inquiry_text", "form_variant"),
    *("onboarding_plan", "nurture_track"),
)


def export_salesforce(tables: Frames) -> Export:
    canonical = _expressible(tables)
    deals = first_deals(canonical)
    files = {
        "Lead": _lead(canonical, deals),
        "Opportunity": _opportunity(canonical["deals"]),
        "OpportunityContactRole": _contact_roles(canonical, deals),
        "OpportunityHistory": _opportunity_history(canonical, deals),
        "LeadHistory": _lead_history(canonical),
        **activity_files(canonical, deals),
    }
    return Export(files, canonical)


def _expressible(tables: Frames) -> Frames:
    """Leave out what Salesforce has no place for, and let a day be known at its end where it keeps days only."""
    leads = tables["leads"].copy()
    deals = first_deals(tables)
    has_deal = leads["lead_id"].isin(deals.index)
    for column in ("outcome", "closed_at", "lost_reason"):
        of_deal = leads["lead_id"].map(deals[column])
        leads[column] = of_deal.where(has_deal, leads[column])
    leads.loc[has_deal, "lost_reason"] = None
    activities = tables["activities"].copy()
    activities["recorded_at"] = activities["recorded_at"].fillna(activities["occurred_at"])
    activities["value"] = activities["value"].where(activities["type"].isin(["call", "meeting"]))
    of_campaign = activities["type"].isin(CAMPAIGNS.keys())
    activities.loc[of_campaign, "occurred_at"] = end_of_day(activities.loc[of_campaign, "occurred_at"])
    mailed = activities.loc[activities["type"] == "email_sent", "lead_id"]
    opened = (activities["type"] == "email_open") & activities["lead_id"].isin(mailed)
    activities.loc[opened, "recorded_at"] = pd.NaT
    answers = tables["qualifications"]
    answers = answers[answers["authority_role"].notna() & answers["lead_id"].isin(deals.index)]
    stages = tables["stage_history"].drop(columns="reason")
    given_up = leads.set_index("lead_id").loc[lambda frame: frame["outcome"] == "lost", "closed_at"]
    ends = ~stages["lead_id"].isin(deals.index) & (stages["lead_id"].map(given_up) == stages["entered_at"])
    stages["stage"] = stages["stage"].mask(ends, "disqualified")
    return {
        "leads": leads,
        "companies": _companies(tables["companies"], leads),
        "deals": _deals(tables["deals"], deals),
        "activities": activities,
        "qualifications": answers[["lead_id", "answered_at", "authority_role"]].reset_index(drop=True),
        "stage_history": stages,
        "field_history": tables["field_history"],
    }


def _deals(deals: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """Of later deals only the day of the closing is known, because nothing tells their stages."""
    is_later = ~deals["deal_id"].isin(first["deal_id"])
    closed = deals["closed_at"].mask(is_later, end_of_day(deals["closed_at"]))
    return deals.assign(closed_at=closed).drop(columns="lost_reason")


def _companies(companies: pd.DataFrame, leads: pd.DataFrame) -> pd.DataFrame:
    countries = leads.dropna(subset=["company_id", "country"]).drop_duplicates("company_id").set_index("company_id")
    named = pd.DataFrame({"company_id": leads["company_id"].dropna().unique()})  # in the order in which leads name them
    known = named.merge(companies.drop(columns=["founded_year", "listed", "country"]), on="company_id")
    return known.assign(country=known["company_id"].map(countries["country"]))


def _lead(tables: Frames, deals: pd.DataFrame) -> pd.DataFrame:
    leads = tables["leads"]
    companies = tables["companies"].set_index("company_id")
    ids = leads["lead_id"]
    converted = ids.isin(deals.index)
    lost = (leads["outcome"] == "lost") & ~converted
    frame = pd.DataFrame(
        {
            "Id": ids,
            "IsDeleted": "false",
            "MasterRecordId": None,
            "Name": "Somebody",
            "Title": leads["job_title"],
            "Company": leads["company_id"],
            "Country": leads["country"],
            "State": leads["region"],
            "Email": leads["email"],
            "Phone": "03-0000-0000",
            "LeadSource": leads["source"],
            "Status": np.select(
                [converted, lost], ["Closed - Converted", "Closed - Not Converted"], "Working - Contacted"
            ),
            "Industry": leads["company_id"].map(companies["industry"]),
            "Rating": np.where(leads["outcome"] == "won", "Hot", "Cold"),
            "AnnualRevenue": leads["company_id"].map(companies["annual_revenue"]),
            "NumberOfEmployees": leads["company_id"].map(companies["employees"]),
            "OwnerId": "005",
            "IsConverted": converted.map({True: "true", False: "false"}),
            "ConvertedDate": iso(ids.map(deals["created_at"]), "%Y-%m-%d"),
            "ConvertedAccountId": leads["company_id"].where(converted),
            "ConvertedContactId": contact_ids(ids).where(converted),
            "ConvertedOpportunityId": ids.map(deals["deal_id"]),
            "CreatedDate": iso(leads["created_at"]),
            "LastModifiedDate": iso(leads["closed_at"].fillna(leads["created_at"]) + pd.Timedelta(days=30)),
            "LastActivityDate": iso(leads["closed_at"], "%Y-%m-%d"),
            "Language__c": leads["language"],
            "Campaign__c": leads["campaign"],
            "Lost_Reason__c": leads["lost_reason"],
            **{f"{name}__c": leads[name] for name in CUSTOM},
        }
    )
    return pd.concat([frame, _deleted(frame.iloc[0]), _merged(frame.iloc[1])], ignore_index=True)


def _deleted(lead: pd.Series) -> pd.DataFrame:
    return lead.to_frame().T.assign(Id="00QDeleted", IsDeleted="true")


def _merged(lead: pd.Series) -> pd.DataFrame:
    return lead.to_frame().T.assign(Id="00QMerged", MasterRecordId=lead["Id"])


def _opportunity(deals: pd.DataFrame) -> pd.DataFrame:
    closed, won = deals["outcome"].isin(["won", "lost"]), deals["outcome"] == "won"
    return pd.DataFrame(
        {
            "Id": deals["deal_id"],
            "IsDeleted": "false",
            "AccountId": deals["company_id"],
            "Name": "A deal",
            "StageName": np.select([won, closed], ["Closed Won", "Closed Lost"], "Qualification"),
            "Amount": deals["amount"],
            "Probability": np.select([won, closed], [100, 0], 20),
            "CloseDate": iso(deals["closed_at"].fillna(deals["created_at"] + pd.Timedelta(days=365)), "%Y-%m-%d"),
            "IsClosed": closed.map({True: "true", False: "false"}),
            "IsWon": won.map({True: "true", False: "false"}),
            "ForecastCategory": "Pipeline",
            "CurrencyIsoCode": deals["currency"],
            "CreatedDate": iso(deals["created_at"]),
            "LastModifiedDate": iso(deals["created_at"] + pd.Timedelta(days=400)),
            "Product__c": deals["product"],
        }
    )


def _contact_roles(tables: Frames, deals: pd.DataFrame) -> pd.DataFrame:
    """The contact of every later deal of a lead, and the roles that people were found to have."""
    later = tables["deals"][~tables["deals"]["deal_id"].isin(deals["deal_id"])]
    linked = pd.DataFrame(
        {
            "OpportunityId": later["deal_id"],
            "ContactId": contact_ids(later["lead_id"]),
            "Role": None,
            "CreatedDate": iso(later["created_at"]),
        }
    )
    answers = tables["qualifications"]
    roles = pd.DataFrame(
        {
            "OpportunityId": answers["lead_id"].map(deals["deal_id"]),
            "ContactId": contact_ids(answers["lead_id"]),
            "Role": translated(answers["authority_role"], ROLES),
            "CreatedDate": iso(answers["answered_at"]),
        }
    )
    return pd.concat([linked, roles], ignore_index=True).assign(IsDeleted="false")


def _opportunity_history(tables: Frames, deals: pd.DataFrame) -> pd.DataFrame:
    stages = tables["stage_history"]
    stages = stages[stages["stage"].isin(DEAL_STAGES)]
    moves = pd.DataFrame(
        {
            "OpportunityId": stages["lead_id"].map(deals["deal_id"]),
            "StageName": translated(stages["stage"], DEAL_STAGES),
            "CreatedDate": iso(stages["entered_at"]),
        }
    )
    amended = moves.assign(Amount=1)  # the same stage again, because the amount was changed
    return pd.concat([moves, amended], ignore_index=True).assign(IsDeleted="false")


def _lead_history(tables: Frames) -> pd.DataFrame:
    stages = tables["stage_history"]
    stages = stages[stages["stage"].isin(STATUSES)]
    moves = pd.DataFrame(
        {
            "LeadId": stages["lead_id"],
            "CreatedDate": iso(stages["entered_at"]),
            "Field": "Status",
            "OldValue": None,
            "NewValue": translated(stages["stage"], STATUSES),
        }
    )
    fields = tables["field_history"]
    changes = pd.DataFrame(
        {
            "LeadId": fields["lead_id"],
            "CreatedDate": iso(fields["changed_at"]),
            "Field": fields["field"] + "__c",
            "OldValue": fields["old_value"],
            "NewValue": fields["new_value"],
        }
    )
    return pd.concat([moves, changes], ignore_index=True).assign(IsDeleted="false")
