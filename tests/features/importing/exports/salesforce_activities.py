"""The activities of a simulated CRM as Salesforce would hold them."""

import pandas as pd

from tests.features.importing.exports.export import Frames, iso

CAMPAIGNS = {
    "seminar_attend": "Webinar",
    "event_visit": "Trade Show",
    "content_download": "Content",
    "survey_answer": "Survey",
    "form_submit": "Web Form",
    "trial_signup": "Free Trial",
}
MAILS = ("email_open", "email_reply")


def contact_ids(leads: pd.Series) -> pd.Series:
    return "003" + leads.str[3:]


def activity_files(tables: Frames, deals: pd.DataFrame) -> Frames:
    """Calls and mails as tasks, meetings as events, what marketing sees as campaign members."""
    rows = tables["activities"].reset_index(drop=True)
    sent = rows[rows["type"] == "email_sent"].drop_duplicates("lead_id")
    task_of_mail = pd.Series("00T" + sent.index.astype("str"), index=sent["lead_id"])
    is_mail = rows["type"].isin(MAILS) & rows["lead_id"].isin(task_of_mail.index)
    is_campaign, is_meeting = rows["type"].isin(CAMPAIGNS.keys()), rows["type"] == "meeting"
    return {
        "Task": _tasks(rows[~is_mail & ~is_campaign & ~is_meeting], deals),
        "Event": _events(rows[is_meeting], deals),
        "CampaignMember": _members(rows[is_campaign]),
        "Campaign": pd.DataFrame({"Id": [f"701{kind}" for kind in CAMPAIGNS], "Type": list(CAMPAIGNS.values())}),
        "EmailMessage": _mails(rows[is_mail], task_of_mail),
    }


def _who(rows: pd.DataFrame, deals: pd.DataFrame) -> pd.Series:
    """The lead until it was converted, then the contact."""
    is_contact = rows["occurred_at"] >= rows["lead_id"].map(deals["created_at"])
    return rows["lead_id"].mask(is_contact, contact_ids(rows["lead_id"]))


def _tasks(rows: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    words = {"call": "Call", "email_sent": "Email"}
    done = pd.DataFrame(
        {
            "Id": "00T" + rows.index.astype("str"),
            "WhoId": _who(rows, deals),
            "WhatId": rows["lead_id"].map(deals["deal_id"]),
            "Type": rows["type"].map(words).fillna(rows["type"]),
            "TaskSubtype": rows["type"].map(words).fillna("Task"),
            "Status": "Completed",
            "IsClosed": "true",
            "ActivityDate": iso(rows["occurred_at"] - pd.Timedelta(days=3), "%Y-%m-%d"),
            "CompletedDateTime": iso(rows["occurred_at"]),
            "CreatedDate": iso(rows["recorded_at"]),
            "CallDurationInSeconds": rows["value"] * 60,
            "OwnerId": rows["agent"],
        }
    )
    planned = done.head(5).assign(Id="00Tplanned", Status="Not Started", IsClosed="false", CompletedDateTime=None)
    return pd.concat([done, planned], ignore_index=True).assign(IsDeleted="false", IsRecurrence="false")


def _events(rows: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Id": "00U" + rows.index.astype("str"),
            "WhoId": _who(rows, deals),
            "WhatId": rows["lead_id"].map(deals["deal_id"]),
            "Type": "Meeting",
            "EventSubtype": "Event",
            "StartDateTime": iso(rows["occurred_at"]),
            "DurationInMinutes": rows["value"],
            "CreatedDate": iso(rows["recorded_at"]),
            "OwnerId": rows["agent"],
            "IsDeleted": "false",
        }
    )


def _members(rows: pd.DataFrame) -> pd.DataFrame:
    members = pd.DataFrame(
        {
            "CampaignId": "701" + rows["type"],
            "LeadId": rows["lead_id"],
            "ContactId": None,
            "Status": "Responded",
            "HasResponded": "true",
            "FirstRespondedDate": iso(rows["occurred_at"], "%Y-%m-%d"),
            "CreatedDate": iso(rows["recorded_at"]),
        }
    )
    invited = members.head(5).assign(Status="Sent", HasResponded="false", FirstRespondedDate=None)
    return pd.concat([members, invited], ignore_index=True).assign(IsDeleted="false")


def _mails(rows: pd.DataFrame, task_of_mail: pd.Series) -> pd.DataFrame:
    is_reply = rows["type"] == "email_reply"
    return pd.DataFrame(
        {
            "ActivityId": rows["lead_id"].map(task_of_mail),
            "RelatedToId": None,
            "Incoming": is_reply.map({True: "true", False: "false"}),
            "MessageDate": iso(rows["occurred_at"]),
            "FirstOpenedDate": iso(rows["occurred_at"].mask(is_reply)),
            "CreatedDate": iso(rows["recorded_at"].fillna(rows["occurred_at"])),
            "IsDeleted": "false",
        }
    )
