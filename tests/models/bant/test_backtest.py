from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.reading import read_tables
from features.records import Records
from features.tables import Tables
from models.bant import GateRules, backtest, decided_leads
from tests.models.bant.qualification_rows import LEADS, ROWS, Row, all_leads, gate_rules, records_of

BOHANEC = Path(__file__).parents[3] / ".." / "shared" / "data" / "bohanec_b2b"
DEAL = {"lead_id": "ann", "created_at": "2026-01-05T00:00:00Z"}


def deal(number: int, outcome: str | None, closed_at: str | None) -> dict[str, object]:
    return {"deal_id": f"d{number}", **DEAL, "outcome": outcome, "closed_at": closed_at}


def tables_with(deals: list[dict[str, object]], outcome: str | None = None, closed_at: str | None = None) -> Tables:
    leads = pd.DataFrame(
        {"lead_id": ["ann"], "created_at": ["2026-01-01T00:00:00Z"], "outcome": [outcome], "closed_at": [closed_at]}
    )
    columns = ["deal_id", "lead_id", "created_at", "outcome", "closed_at"]
    return Tables.from_frames(leads=leads, deals=pd.DataFrame(deals, columns=columns))


@settings(max_examples=12, deadline=None)
@given(gate_rules(), ROWS, st.lists(st.booleans(), min_size=len(LEADS), max_size=len(LEADS)))
def test_three_states_of_every_gate_add_up_to_all_leads(rules: GateRules, rows: list[Row], won: list[bool]) -> None:
    results = backtest(rules, records_of(rows), all_leads(), np.array(won))
    sums = results.groupby("gate")[["leads", "won"]].sum()
    assert len(results) == 18
    assert (sums["leads"] == len(LEADS)).all()
    assert (sums["won"] == sum(won)).all()
    some = results[results["leads"] > 0]
    assert ((some["low"] <= some["win_rate"]) & (some["win_rate"] <= some["high"])).all()
    assert results.loc[results["leads"] == 0, ["win_rate", "low", "high", "lift"]].isna().all(axis=None)


def test_outcomes_must_match_the_snapshots() -> None:
    with pytest.raises(ValueError, match="2 snapshots, 1 outcomes"):
        backtest(GateRules.load(), records_of([]), all_leads(), np.array([True]))


@pytest.mark.parametrize(
    ("deals", "decided_at", "outcomes"),
    [
        ([deal(1, "won", "2026-03-01T00:00:00Z")], "2026-03-01", [True]),
        ([deal(1, "lost", "2026-02-01T00:00:00Z"), deal(2, "won", "2026-03-01T00:00:00Z")], "2026-03-01", [True]),
        ([deal(1, "won", "2026-02-01T00:00:00Z"), deal(2, "won", "2026-03-01T00:00:00Z")], "2026-02-01", [True]),
        ([deal(1, "won", "2026-02-01T00:00:00Z"), deal(2, "open", None)], "2026-02-01", [True]),
        ([deal(1, "lost", "2026-02-01T00:00:00Z"), deal(2, "lost", "2026-03-01T00:00:00Z")], "2026-03-01", [False]),
        ([deal(1, "lost", "2026-02-01T00:00:00Z"), deal(2, "open", None)], None, []),
        ([deal(1, "won", None)], None, []),
    ],
)
def test_deals_decide_a_lead(deals: list[dict[str, object]], decided_at: str | None, outcomes: list[bool]) -> None:
    decided = decided_leads(tables_with(deals, "lost", "2026-06-01T00:00:00Z"))
    expected = [] if decided_at is None else [pd.Timestamp(decided_at, tz="UTC").value // 10**6]
    assert decided.snapshots.as_of_ms.tolist() == expected
    assert decided.won.tolist() == outcomes


def test_lead_without_deals_is_decided_by_its_own_outcome() -> None:
    decided = decided_leads(tables_with([], "lost", "2026-06-01T00:00:00Z"))
    assert decided.won.tolist() == [False]
    assert decided.snapshots.as_of_ms.tolist() == [pd.Timestamp("2026-06-01", tz="UTC").value // 10**6]


@pytest.mark.parametrize(("days_before", "left"), [(0, 1), (30, 1), (150, 1), (151, 0)])
def test_lead_is_judged_days_before_its_end_if_it_was_there(days_before: int, left: int) -> None:
    decided = decided_leads(tables_with([], "won", "2026-06-01T00:00:00Z"), days_before)
    assert len(decided.snapshots) == left


def test_answer_of_the_moment_of_decision_is_not_known_before_it() -> None:
    leads = pd.DataFrame(
        {"lead_id": ["ann"], "created_at": ["2026-01-01"], "outcome": ["lost"], "closed_at": ["2026-06-01T09:00:00Z"]}
    )
    answers = pd.DataFrame({"lead_id": ["ann"], "answered_at": ["2026-06-01T09:00:00Z"], "need": ["none"]})
    tables = Tables.from_frames(leads=leads, qualifications=answers)
    decided = decided_leads(tables)
    results = backtest(GateRules.load(), Records.of(tables), decided.snapshots, decided.won).set_index(
        ["gate", "status"]
    )
    assert results.loc[("need", "unknown"), "leads"] == 1


@pytest.mark.skipif(not BOHANEC.exists(), reason="the public data sets are not beside the checkout")
def test_every_opportunity_of_the_public_set_is_counted() -> None:
    tables = read_tables(str(BOHANEC))
    decided = decided_leads(tables)
    results = backtest(GateRules.load(), Records.of(tables), decided.snapshots, decided.won)
    assert (results.groupby("gate")["leads"].sum() == 448).all()
    assert (results.groupby("gate")["won"].sum() == 227).all()
