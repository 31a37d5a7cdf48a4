"""A simulated CRM as Dynamics 365 would hold it: codes in one table, labels in another."""

import numpy as np
import pandas as pd

from tests.features.importing.exports.export import Export, Frames, first_deals, iso, translated

SOURCES = {"advertisement": "1", "referral": "3", "partner": "4", "seminar": "6", "trade_show": "7", "web": "8"}
BUDGETS = {"none": "0", "may_buy": "1", "can_buy": "2", "will_buy": "3"}
PROCESSES = {"individual": "Individual", "committee": "Committee"}
NEEDS = {"must": "0", "should": "1", "nice": "2", "none": "3"}
TIMEFRAMES = {
    "immediate": "Immediate",
    "this_quarter": "This Quarter",
    "next_quarter": "Next Quarter",
    "this_year": "This Year",
}
KINDS = {"call": "phonecall", "meeting": "appointment", "email_sent": "4202"}
BANT = ("budget_status", "budget_amount", "purchase_process", "need", "timeframe")
CUSTOM = (
    *("product_interest", "seats", "wants_demo", "contract_renewal_on", "inquiry_text", "form_variant"),
    *("onboarding_plan", "nurture_track"),
)


def export_dynamics365(tables: Frames) -> Export:
    canonical = _expressible(tables)
    files = {
        "lead": _lead(canonical),
        "opportunity": _opportunity(canonical["deals"]),
        "activitypointer": _activity_pointer(canonical),
    }
    return Export(files, canonical)


def _expressible(tables: Frames) -> Frames:
    """One answer a lead, dated by its last change; stages as far as rows tell them; no history of fields."""
    leads = tables["leads"].drop(columns="lost_reason")
    deals = tables["deals"]
    first = first_deals(tables)
    has_deal = leads["lead_id"].isin(first.index)
    for column in ("outcome", "closed_at"):
        leads[column] = leads["lead_id"].map(first[column]).where(has_deal, leads[column])
    leads["source"] = leads["source"].where(leads["source"].isin(SOURCES.keys()))
    activities = tables["activities"].copy()
    activities["recorded_at"] = activities["recorded_at"].fillna(activities["occurred_at"])
    activities["value"] = activities["value"].where(activities["type"].isin(["call", "meeting"]))
    return {
        "leads": leads,
        "companies": _companies(tables["companies"], leads),
        "deals": deals,
        "activities": activities,
        "qualifications": _last_answers(tables["qualifications"], leads),
        "stage_history": _stages(leads, deals),
    }


def _companies(companies: pd.DataFrame, leads: pd.DataFrame) -> pd.DataFrame:
    countries = leads.dropna(subset=["company_id", "country"]).drop_duplicates("company_id").set_index("company_id")
    named = pd.DataFrame({"company_id": leads["company_id"].dropna().unique()})  # in the order in which leads name them
    known = named.merge(companies.drop(columns=["founded_year", "listed", "country"]), on="company_id")
    return known.assign(country=known["company_id"].map(countries["country"]))


def _last_answers(answers: pd.DataFrame, leads: pd.DataFrame) -> pd.DataFrame:
    answers = answers.assign(timeframe=answers["timeframe"].where(answers["timeframe"] != "later"))
    last = answers.sort_values("answered_at").groupby("lead_id")[list(BANT)].last().dropna(how="all")
    modified = _modified(leads, answers)
    return last.reset_index().assign(answered_at=lambda frame: frame["lead_id"].map(modified))


def _modified(leads: pd.DataFrame, answers: pd.DataFrame) -> pd.Series:
    """When a lead was last changed: given up, or asked, or made."""
    by_lead = leads.set_index("lead_id")
    asked = answers.groupby("lead_id")["answered_at"].max().reindex(by_lead.index)
    given_up = by_lead["closed_at"].where(by_lead["outcome"] == "lost")
    return pd.concat([by_lead["created_at"], asked], axis=1).max(axis=1).where(given_up.isna(), given_up)


def _stages(leads: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    ended = deals[deals["outcome"].isin(["won", "lost"])]
    parts = [
        pd.DataFrame({"lead_id": leads["lead_id"], "stage": "inquiry", "entered_at": leads["created_at"]}),
        pd.DataFrame({"lead_id": deals["lead_id"], "stage": "sql", "entered_at": deals["created_at"]}),
        pd.DataFrame(
            {"lead_id": ended["lead_id"], "stage": "closed_" + ended["outcome"], "entered_at": ended["closed_at"]}
        ),
    ]
    return pd.concat(parts, ignore_index=True)


def _lead(tables: Frames) -> pd.DataFrame:
    leads, companies = tables["leads"], tables["companies"].set_index("company_id")
    answers = tables["qualifications"].set_index("lead_id").reindex(leads["lead_id"]).reset_index(drop=True)
    with_deal = leads["lead_id"].isin(tables["deals"]["lead_id"])
    last_change = pd.concat([leads["created_at"], answers["answered_at"]], axis=1).max(axis=1)
    return pd.DataFrame(
        {
            "leadid": leads["lead_id"],
            "fullname": "Somebody",
            "createdon": iso(leads["created_at"], "%Y-%m-%dT%H:%M:%SZ"),
            "modifiedon": iso(last_change.where(leads["outcome"] != "lost", leads["closed_at"]), "%Y-%m-%dT%H:%M:%SZ"),
            "statecode": np.select([with_deal, leads["outcome"] == "lost"], ["Qualified", "Disqualified"], "Open"),
            "statuscode": "3",
            "leadqualitycode": "2",
            "leadsourcecode": translated(leads["source"], SOURCES),
            "_campaignid_value": leads["campaign"],
            "jobtitle": leads["job_title"],
            "companyname": leads["company_id"],
            "industrycode": leads["company_id"].map(companies["industry"]),
            "numberofemployees": leads["company_id"].map(companies["employees"]),
            "revenue": leads["company_id"].map(companies["annual_revenue"]),
            "address1_country": leads["country"],
            "address1_stateorprovince": leads["region"],
            "preferredlanguage": leads["language"],
            "emailaddress1": leads["email"],
            "parentaccountid": leads["company_id"].where(with_deal),
            "decisionmaker": "0",
            "budgetstatus": translated(answers["budget_status"], BUDGETS),
            "budgetamount": answers["budget_amount"],
            "purchaseprocess": translated(answers["purchase_process"], PROCESSES).fillna("Unknown"),
            "need": translated(answers["need"], NEEDS),
            "purchasetimeframe": translated(answers["timeframe"], TIMEFRAMES).fillna("Unknown"),
            **{f"new_{name}": leads[name] for name in CUSTOM},
        }
    )


def _opportunity(deals: pd.DataFrame) -> pd.DataFrame:
    expected = deals["closed_at"].fillna(deals["created_at"] + pd.Timedelta(days=365))
    return pd.DataFrame(
        {
            "opportunityid": deals["deal_id"],
            "originatingleadid": deals["lead_id"],
            "statecode": translated(deals["outcome"], {"open": "0", "won": "1", "lost": "2"}),
            "createdon": iso(deals["created_at"], "%Y-%m-%dT%H:%M:%SZ"),
            "modifiedon": iso(expected, "%Y-%m-%dT%H:%M:%SZ"),
            "estimatedclosedate": iso(expected, "%Y-%m-%d"),
            "actualclosedate": iso(deals["closed_at"], "%Y-%m-%d"),
            "closeprobability": 80,
            "actualvalue": deals["amount"],
            "isocurrencycode": deals["currency"],
            "new_product": deals["product"],
            "new_lostreason": deals["lost_reason"],
        }
    )


def _activity_pointer(tables: Frames) -> pd.DataFrame:
    rows = tables["activities"]
    first = first_deals(tables)
    about_deal = rows["occurred_at"] >= rows["lead_id"].map(first["created_at"])
    done = pd.DataFrame(
        {
            "regardingobjectid": rows["lead_id"].mask(about_deal, rows["lead_id"].map(first["deal_id"])),
            "activitytypecode": rows["type"].map(KINDS).fillna(rows["type"]),
            "statecode": "Completed",
            "actualend": iso(rows["occurred_at"], "%Y-%m-%dT%H:%M:%SZ"),
            "createdon": iso(rows["recorded_at"], "%Y-%m-%dT%H:%M:%SZ"),
            "actualdurationminutes": rows["value"],
            "ownerid": rows["agent"],
        }
    )
    planned = done.head(4).assign(statecode="Scheduled", actualend=None)
    return pd.concat([done, planned, _closings(tables["deals"])], ignore_index=True)


def _closings(deals: pd.DataFrame) -> pd.DataFrame:
    closed = deals[deals["closed_at"].notna()]
    return pd.DataFrame(
        {
            "regardingobjectid": closed["deal_id"],
            "activitytypecode": "opportunityclose",
            "statecode": "Completed",
            "actualend": iso(closed["closed_at"], "%Y-%m-%dT%H:%M:%SZ"),
            "createdon": iso(closed["closed_at"], "%Y-%m-%dT%H:%M:%SZ"),
        }
    )
