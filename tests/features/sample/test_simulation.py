import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.sample import simulate
from features.schema import SCHEMAS
from features.tables import Tables

FIRST_DAY, DAY_AFTER = pd.Timestamp("2023-07-01", tz="UTC"), pd.Timestamp("2026-07-01", tz="UTC")
DATED = [
    ("leads", "created_at"),
    ("leads", "closed_at"),
    ("deals", "created_at"),
    ("deals", "closed_at"),
    ("activities", "occurred_at"),
    ("activities", "recorded_at"),
    ("qualifications", "answered_at"),
    ("stage_history", "entered_at"),
    ("field_history", "changed_at"),
]


def test_there_are_the_seven_canonical_tables(crm: dict[str, pd.DataFrame]) -> None:
    assert set(crm) == set(SCHEMAS)
    assert len(crm["leads"]) == 2_000
    assert all(len(table) for table in crm.values())


@pytest.mark.parametrize("leads", [0, -5])
def test_sample_without_leads_is_refused(leads: int) -> None:
    with pytest.raises(ValueError, match=f"at least 1 lead, {leads} were asked for"):
        simulate(leads=leads)


@given(leads=st.integers(1, 9), seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_tiny_sample_is_possible(leads: int, seed: int) -> None:
    tables = simulate(leads=leads, seed=seed)
    assert len(tables["leads"]) == leads
    assert Tables.from_frames(time_zone="UTC", **tables).present == set(SCHEMAS)


@pytest.mark.parametrize("table", sorted(set(SCHEMAS) - {"leads", "companies"}))
def test_every_row_belongs_to_a_lead(crm: dict[str, pd.DataFrame], table: str) -> None:
    assert crm[table]["lead_id"].isin(crm["leads"]["lead_id"]).all()


@pytest.mark.parametrize("table", ["leads", "deals"])
def test_every_named_company_exists(crm: dict[str, pd.DataFrame], table: str) -> None:
    assert crm[table]["company_id"].dropna().isin(crm["companies"]["company_id"]).all()


@pytest.mark.parametrize(("table", "key"), [("leads", "lead_id"), ("companies", "company_id"), ("deals", "deal_id")])
def test_identifiers_are_unique_and_opaque(crm: dict[str, pd.DataFrame], table: str, key: str) -> None:
    assert crm[table][key].is_unique
    assert crm[table][key].str.fullmatch(r"[0-9A-Za-z]{18}").all()


@pytest.mark.parametrize(("table", "column"), DATED)
def test_every_time_lies_within_the_three_years(crm: dict[str, pd.DataFrame], table: str, column: str) -> None:
    times = crm[table][column].dropna()
    assert times.between(FIRST_DAY, DAY_AFTER, inclusive="left").all()


@pytest.mark.parametrize("table", ["leads", "deals"])
def test_closing_follows_creation_and_goes_with_an_outcome(crm: dict[str, pd.DataFrame], table: str) -> None:
    rows = crm[table]
    assert (rows["closed_at"].dropna() >= rows["created_at"][rows["closed_at"].notna()]).all()
    assert (rows["closed_at"].notna() == rows["outcome"].isin(["won", "lost"])).all()
    assert rows["lost_reason"][rows["outcome"] != "lost"].isna().all()


def test_deal_is_opened_after_its_lead_came_in(crm: dict[str, pd.DataFrame]) -> None:
    deals = crm["deals"].merge(crm["leads"], on="lead_id", suffixes=("", "_of_lead"))
    assert (deals["created_at"] >= deals["created_at_of_lead"]).all()


def test_outcome_of_a_lead_is_that_of_its_deals(crm: dict[str, pd.DataFrame]) -> None:
    deals, leads = crm["deals"], crm["leads"].set_index("lead_id")
    won = deals[deals["outcome"] == "won"].groupby("lead_id")["closed_at"].min()
    assert set(won.index) == set(leads.index[leads["outcome"] == "won"])
    assert (leads["closed_at"].loc[won.index] == won).all()
    unwon = deals[~deals["lead_id"].isin(won.index)]
    undecided = unwon["lead_id"][unwon["outcome"] == "open"].unique()
    assert (leads["outcome"].loc[undecided] == "open").all()
    lost = unwon[~unwon["lead_id"].isin(undecided)].groupby("lead_id")["closed_at"].max()
    assert (leads["outcome"].loc[lost.index] == "lost").all()
    assert (leads["closed_at"].loc[lost.index] == lost).all()


def test_some_leads_are_lost_without_a_deal_and_some_have_several(crm: dict[str, pd.DataFrame]) -> None:
    deals_of = crm["leads"]["lead_id"].map(crm["deals"]["lead_id"].value_counts()).fillna(0)
    assert (deals_of[crm["leads"]["outcome"] == "lost"] == 0).any()
    assert (deals_of > 1).any()


def test_people_record_later_and_machines_leave_it_blank(crm: dict[str, pd.DataFrame]) -> None:
    activities = crm["activities"]
    entered = activities["type"].isin(["call", "meeting", "contract_review"])
    assert (activities["recorded_at"].notna() == entered).all()
    assert (activities["recorded_at"][entered] >= activities["occurred_at"][entered]).all()


def test_field_history_is_a_chain_that_ends_in_the_present_value(crm: dict[str, pd.DataFrame]) -> None:
    history = crm["field_history"].sort_values("changed_at", kind="stable")
    before = history.groupby("lead_id")["new_value"].shift()
    assert (history["old_value"] == before.fillna("newsletter")).all()
    latest = history.groupby("lead_id")["new_value"].last()
    present = crm["leads"].set_index("lead_id")["nurture_track"]
    assert (present.loc[latest.index] == latest).all()
    assert (present.drop(latest.index) == "newsletter").all()
