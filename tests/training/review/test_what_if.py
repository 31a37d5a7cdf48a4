"""What would be said of a lead if its rows were others: computed anew, as if the source had held them."""

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from features.catalogue import FEATURES
from features.faults import BadDataError
from features.instant import iso
from features.records import Records
from features.schema import SCHEMAS
from features.tables import Tables
from training.review import Review
from training.review.inputs import who_changes

SEEN = 25
CHANGES: dict[str, dict[str, Any]] = {
    "a meeting": {"activities": [{"type": "meeting"}]},
    "answers": {"qualifications": [{"need": "must", "budget_status": "can_buy"}]},
    "an older call and a click": {
        "activities": [{"type": "call", "occurred_at": "2026-06-01T00:00Z"}, {"type": "email_click", "agent": "B"}]
    },
    "a stage": {"stage_history": [{"stage": "sql"}]},
    "a deal": {"deals": [{"amount": 3_000_000, "currency": "JPY", "outcome": "open"}]},
}
KEYS = {
    "activities": "occurred_at",
    "qualifications": "answered_at",
    "stage_history": "entered_at",
    "deals": "created_at",
}


def leads(review: Review) -> list[str]:
    """Some with colleagues, some alone, some open, some decided."""
    return [str(lead) for lead in review.tables.leads["lead_id"].iloc[:: max(1, len(review.tables.leads) // SEEN)]]


def test_nothing_changed_is_the_score_as_it_is_to_the_last_bit(review: Review) -> None:
    for lead in leads(review):
        [score] = review.scores(lead)
        tried = review.what_if(lead, {})
        assert tried.before == tried.after == score
        assert not tried.frame["change"].any()


@pytest.mark.parametrize("name", CHANGES)
def test_rows_count_as_if_the_source_had_held_them(review: Review, name: str) -> None:
    for lead in leads(review)[:6]:
        tables = _with_rows(review, lead, CHANGES[name])
        [expected] = review.scorer.score(Records.of(tables), review.snapshots(lead))
        tried = review.what_if(lead, CHANGES[name])
        assert tried.after == expected
        np.testing.assert_allclose(
            tried.frame["change"].sum(),
            tried.frame["contribution_now"].sum() - tried.frame["contribution_then"].sum(),
            atol=1e-9,
        )


def _with_rows(review: Review, lead: str, changes: dict[str, Any]) -> Tables:
    """The whole source with some rows more, read anew."""
    frames = {name: getattr(review.tables, name) for name in SCHEMAS if name in review.tables.present}
    known = iso(review.data_end_ms)
    for table, rows in changes.items():
        given = {KEYS[table]: known, "lead_id": lead} | ({"deal_id": "new"} if table == "deals" else {})
        new = pd.DataFrame([given | row for row in rows], dtype=object)
        frames[table] = pd.concat([frames[table].astype(object), new], ignore_index=True)
    return Tables.from_frames(time_zone="UTC", **frames)


def test_setting_a_field_changes_what_is_made_from_it(review: Review) -> None:
    lead = leads(review)[0]
    frame = review.what_if(lead, {"lead": {"source": "referral", "seniority": "ceo"}}).frame.set_index("feature")
    assert frame.loc["source", "value_now"] == "referral"
    untouched = frame.drop(index=["source", "seniority", "base"])
    assert (untouched["value_then"] == untouched["value_now"]).all()


def test_field_with_a_history_is_as_it_was_set(review: Review) -> None:
    history = review.tables.field_history
    lead, field = history.iloc[0][["lead_id", "field"]]
    name = f"lead_{field}"
    categories = dict(zip(review.model.spec.names, review.model.spec.features, strict=True))[name].categories
    assert categories
    for category in categories:
        frame = review.what_if(lead, {"lead": {field: category}}).frame.set_index("feature")
        assert frame.loc[name, "value_now"] == category


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_no_feature_can_be_set(review: Review, name: str) -> None:
    with pytest.raises(BadDataError, match="a feature is computed from rows and never set") as refused:
        review.what_if(leads(review)[0], {name: 1})
    assert re.search(r"Change what it is made from: .*\{'", str(refused.value))


def test_what_a_refusal_suggests_can_be_done(review: Review) -> None:
    """The suggestion for an activity is itself a change, and it reaches the feature."""
    names = [name for name in review.model.spec.names if name.endswith(("_30d", "_7d")) and not name.startswith("coll")]
    lead = leads(review)[0]
    for name in names:
        with pytest.raises(BadDataError, match=name) as refused:
            review.what_if(lead, {name: 1})
        [kind] = re.findall(r"\{'activities': \[\{'type': '(\w+)'\}\]\}", str(refused.value))
        frame = review.what_if(lead, {"activities": [{"type": kind}]}).frame.set_index("feature")
        assert str(frame.loc[name, "value_then"]) != str(frame.loc[name, "value_now"])


def test_everything_that_cannot_be_tried_is_told_at_once(review: Review) -> None:
    changes = {
        "meetings_30d": 3,
        "activites": [],
        "lead": {"senority": "ceo", "outcome": "won"},
        "company": 7,
        "qualifications": [{"budget_statos": "none"}],
    }
    with pytest.raises(BadDataError, match="meetings_30d") as refused:
        review.what_if(leads(review)[0], changes)
    told = str(refused.value)
    for expected in ("mean activities?", "mean seniority?", "lead.outcome", "company: fields", "mean budget_status?"):
        assert expected in told


def test_value_that_the_table_does_not_allow_is_refused_like_a_source(review: Review) -> None:
    with pytest.raises(BadDataError, match="must, should, nice, none"):
        review.what_if(leads(review)[0], {"qualifications": [{"need": "perhaps"}]})


def test_row_that_would_not_be_known_yet_is_refused(review: Review) -> None:
    late = {"activities": [{"type": "call", "occurred_at": iso(review.data_end_ms + 1)}]}
    with pytest.raises(BadDataError, match=r"before .*, when the lead is looked at"):
        review.what_if(leads(review)[0], late)


def test_lead_without_a_company_cannot_be_given_one(review: Review) -> None:
    alone = review.tables.leads.loc[review.tables.leads["company_id"].isna(), "lead_id"].iloc[0]
    with pytest.raises(BadDataError, match="the lead has a company"):
        review.what_if(alone, {"company": {"employees": 10}})


def test_result_says_who_can_bring_a_change_about(review: Review) -> None:
    changes = {
        "lead": {"seniority": "ceo"},
        "activities": [{"type": "meeting"}, {"type": "email_click"}],
        "qualifications": [{"need": "must"}],
    }
    inputs = review.what_if(leads(review)[0], changes).inputs.set_index("input")
    assert inputs["can_change"].to_dict() == {"seniority": False, "meeting": True, "email_click": False, "need": True}
    assert inputs.loc["need", "why"] == "we can ask; the answer is the lead's"


def test_unknown_type_of_activity_is_the_leads_own() -> None:
    assert who_changes("activities", "o_created.complete") == "lead"
