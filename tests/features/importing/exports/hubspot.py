"""A simulated CRM as HubSpot would export it, with labels as headers where its own interface writes them."""

import pandas as pd

from tests.features.importing.exports.export import Export, Frames, iso, translated

STAGES = {
    "mql": "hs_v2_date_entered_marketingqualifiedlead",
    "sal": "hs_v2_date_entered_salesqualifiedlead",
    "sql": "hs_v2_date_entered_opportunity",
    "closed_won": 'Date entered "Customer (Lifecycle Stage Pipeline)"',
    "disqualified": "hs_v2_date_entered_disqualified",
}
EVENTS = {
    "email_sent": "SENT",
    "email_open": "OPEN",
    "email_click": "CLICK",
    "email_reply": "REPLY",
    "unsubscribe": "STATUSCHANGE",
}
ROLES = {
    "decision_maker": "DECISION_MAKER",
    "budget_holder": "BUDGET_HOLDER",
    "executive_sponsor": "EXECUTIVE_SPONSOR",
    "champion": "CHAMPION",
    "influencer": "INFLUENCER",
    "end_user": "END_USER",
    "blocker": "BLOCKER",
    "other": "OTHER",
}
CUSTOM = (
    *("product_interest", "seats", "wants_demo", "contract_renewal_on", "inquiry_text", "form_variant"),
    *("onboarding_plan", "nurture_track"),
)
CLOCK = "%Y-%m-%d %H:%M:%S"
"""As HubSpot's own export writes times, in the zone of the account."""


def export_hubspot(tables: Frames) -> Export:
    canonical = _expressible(tables)
    activities = canonical["activities"]
    files = {
        "hubspot-crm-exports-all-contacts-2026-07-01": _contacts(canonical),
        "hubspot-crm-exports-all-companies-2026-07-01": _companies(canonical),
        "hubspot-crm-exports-all-deals-2026-07-01": _deals(canonical["deals"]),
        "calls": _engagements(activities, "call").assign(hs_call_duration=_of(activities, "call")["value"] * 60_000),
        "meetings": _engagements(activities, "meeting").assign(hs_meeting_outcome="COMPLETED"),
        "email_events": _email_events(canonical),
        "form_submissions": _form_submissions(activities),
        "engagements": _others(activities),
        "contact_property_history": _property_history(canonical),
    }
    return Export(files, canonical)


def _expressible(tables: Frames) -> Frames:
    leads = tables["leads"].drop(columns="lost_reason")
    deals = tables["deals"]
    leads["outcome"] = leads["outcome"].where(
        ~leads["lead_id"].isin(deals["lead_id"]) | (leads["outcome"] == "won"), "open"
    )
    stages = tables["stage_history"].drop(columns="reason")
    given_up = leads.set_index("lead_id").loc[lambda frame: frame["outcome"] == "lost", "closed_at"]
    stages = stages[stages["stage"].isin(["inquiry", *STAGES]) & (stages["stage"] != "disqualified")]
    ends = pd.DataFrame({"lead_id": given_up.index, "stage": "disqualified", "entered_at": given_up.to_numpy()})
    stages = pd.concat([stages, ends]).drop_duplicates(["lead_id", "stage"], ignore_index=True)
    won_at = stages[stages["stage"] == "closed_won"].set_index("lead_id")["entered_at"]
    leads["closed_at"] = (
        leads["closed_at"]
        .where(leads["outcome"] != "open")
        .mask(leads["outcome"] == "won", leads["lead_id"].map(won_at))
    )
    without_address = leads.loc[leads["email"].isna(), "lead_id"]
    activities = tables["activities"]
    activities = activities[
        ~(activities["type"].isin(EVENTS.keys()) & activities["lead_id"].isin(without_address))
    ].copy()
    dated = activities["type"].isin([*EVENTS, "form_submit"])
    recorded = activities["recorded_at"].fillna(activities["occurred_at"])
    activities["recorded_at"] = recorded.mask(dated)
    activities["value"] = activities["value"].where(activities["type"] == "call")
    answers = tables["qualifications"]
    answers = answers.loc[answers["authority_role"].notna(), ["lead_id", "answered_at", "authority_role"]]
    changes = tables["field_history"].drop(columns="old_value")
    return {
        "leads": leads,
        "companies": tables["companies"],
        "deals": deals,
        "activities": activities,
        "qualifications": answers.reset_index(drop=True),
        "stage_history": stages,
        "field_history": changes,
    }


def _contacts(tables: Frames) -> pd.DataFrame:
    leads, stages = tables["leads"], tables["stage_history"]
    entered = {
        column: leads["lead_id"].map(stages[stages["stage"] == stage].set_index("lead_id")["entered_at"])
        for stage, column in STAGES.items()
    }
    return pd.DataFrame(
        {
            "Record ID": leads["lead_id"],
            "First Name": "Some",
            "Last Name": "Body",
            "Email": leads["email"],
            "Job Title": leads["job_title"],
            "Country/Region": leads["country"],
            "State/Region": leads["region"],
            "Preferred language": leads["language"],
            "Create Date": iso(leads["created_at"], CLOCK),
            "Lifecycle Stage": "Lead",
            "Lead Status": "OPEN",
            "Original Source": leads["source"],
            "utm_campaign": leads["campaign"],
            "Associated Company IDs": leads["company_id"] + ";999",
            "Number of Pageviews": 7,
            "hs_email_open": 3,
            "num_notes": 12,
            "Number of Associated Deals": (leads["outcome"] == "won").astype(int),
            "HubSpot Score": 55,
            **{column: iso(times, CLOCK) for column, times in entered.items()},
            **{name: leads[name] for name in CUSTOM},
        }
    )


def _companies(tables: Frames) -> pd.DataFrame:
    companies = tables["companies"]
    return pd.DataFrame(
        {
            "Record ID": companies["company_id"],
            "Company name": "Some company",
            "Industry": companies["industry"],
            "Number of Employees": companies["employees"],
            "Annual Revenue": companies["annual_revenue"],
            "Country/Region": companies["country"],
            "Year Founded": companies["founded_year"],
            "Number of Associated Deals": 3,
            "listed": companies["listed"],
        }
    )


def _deals(deals: pd.DataFrame) -> pd.DataFrame:
    stages = {"won": "Closed Won", "lost": "Closed Lost", "open": "Contract Sent"}
    closing = deals["closed_at"].fillna(deals["created_at"] + pd.Timedelta(days=365))
    return pd.DataFrame(
        {
            "Record ID": deals["deal_id"],
            "Deal Name": "A deal",
            "Deal Stage": deals["outcome"].map(stages),
            "Close Date": iso(closing, CLOCK),
            "Create Date": iso(deals["created_at"], CLOCK),
            "Amount": deals["amount"],
            "Currency": deals["currency"],
            "product": deals["product"],
            "Closed Lost Reason": deals["lost_reason"],
            "Deal probability": 1.0,
            "Associated Contact IDs": deals["lead_id"],
            "Associated Company IDs (Primary)": deals["company_id"],
        }
    )


def _of(activities: pd.DataFrame, kind: str) -> pd.DataFrame:
    return activities[activities["type"] == kind].reset_index(drop=True)


def _engagements(activities: pd.DataFrame, kind: str) -> pd.DataFrame:
    rows = _of(activities, kind)
    return pd.DataFrame(
        {
            "Record ID": rows.index,
            "Associated Contact IDs": rows["lead_id"],
            "hs_timestamp": iso(rows["occurred_at"], CLOCK),
            "hs_createdate": iso(rows["recorded_at"], CLOCK),
            "hubspot_owner_id": rows["agent"],
        }
    )


def _others(activities: pd.DataFrame) -> pd.DataFrame:
    """Everything else as engagements of one file; two contacts that did the same at once share a row."""
    kinds = sorted({*activities["type"]} - {"call", "meeting", "form_submit", *EVENTS})
    rows = [_engagements(activities, kind).assign(**{"Activity type": kind}) for kind in kinds]
    keys = ["Activity type", "hs_timestamp", "hs_createdate", "hubspot_owner_id"]
    together = pd.concat(rows).groupby(keys, dropna=False)["Associated Contact IDs"].agg(";".join)
    return together.reset_index()


def _email_events(tables: Frames) -> pd.DataFrame:
    rows = tables["activities"]
    rows = rows[rows["type"].isin(EVENTS.keys())]
    emails = tables["leads"].set_index("lead_id")["email"]
    return pd.DataFrame(
        {
            "recipient": rows["lead_id"].map(emails),
            "type": translated(rows["type"], EVENTS),
            "created": (rows["occurred_at"].astype("int64")).astype("str"),
        }
    )


def _form_submissions(activities: pd.DataFrame) -> pd.DataFrame:
    rows = _of(activities, "form_submit")
    return pd.DataFrame({"contact_id": rows["lead_id"], "Conversion Date": iso(rows["occurred_at"], CLOCK)})


def _property_history(tables: Frames) -> pd.DataFrame:
    changes, roles = tables["field_history"], tables["qualifications"]
    changed = pd.DataFrame(
        {
            "contact_id": changes["lead_id"],
            "name": changes["field"],
            "value": changes["new_value"],
            "timestamp": iso(changes["changed_at"]),
        }
    )
    given = pd.DataFrame(
        {
            "contact_id": roles["lead_id"],
            "name": "hs_buying_role",
            "value": translated(roles["authority_role"], ROLES),
            "timestamp": iso(roles["answered_at"]),
        }
    )
    return pd.concat([changed, given], ignore_index=True)
