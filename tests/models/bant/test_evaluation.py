import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from models.bant import GateRules, Gates, evaluate
from tests.models.bant.qualification_rows import (
    AS_OF_MS,
    LEADS,
    ROWS,
    VALUES,
    Row,
    all_leads,
    gate_rules,
    latest_answers,
    records_of,
)

FROM_FRAMES = settings(max_examples=20, deadline=None)
AS_OF = pd.Timestamp("2026-11-21T00:00:00Z")


def gates_of(*rows: tuple[str, str, str], as_of: pd.Timestamp = AS_OF) -> Gates:
    """Judge one lead by rows of time, column and answer."""
    cells = [{"lead_id": "ann", "answered_at": time, column: answer} for time, column, answer in rows]
    leads = pd.DataFrame({"lead_id": ["ann"], "created_at": ["2026-01-01T00:00:00Z"]})
    columns = ["lead_id", "answered_at", *dict.fromkeys(column for _, column, _ in rows)]
    tables = Tables.from_frames(leads=leads, qualifications=pd.DataFrame(cells, columns=columns))
    snapshots = Snapshots(np.array([0]), np.array([as_of.value // 10**6]))
    [gates] = evaluate(GateRules.load(), Records.of(tables), snapshots)
    return gates


@FROM_FRAMES
@given(gate_rules(), ROWS)
def test_later_answers_override_earlier_ones_column_by_column(rules: GateRules, rows: list[Row]) -> None:
    expected = [rules.judge(latest_answers(rows, lead), AS_OF_MS) for lead in LEADS]
    assert evaluate(rules, records_of(rows), all_leads()) == expected


@FROM_FRAMES
@given(gate_rules(), ROWS)
def test_rows_dated_as_of_or_later_change_nothing(rules: GateRules, rows: list[Row]) -> None:
    earlier = [row for row in rows if row.answered_at_ms < AS_OF_MS]
    assert evaluate(rules, records_of(rows), all_leads()) == evaluate(rules, records_of(earlier), all_leads())


@FROM_FRAMES
@given(gate_rules(), ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_order_of_rows_is_irrelevant(rules: GateRules, orders: tuple[list[Row], list[Row]]) -> None:
    one, other = (evaluate(rules, records_of(rows), all_leads()) for rows in orders)
    assert one == other


@FROM_FRAMES
@given(gate_rules(), ROWS)
def test_one_lead_is_judged_as_among_many(rules: GateRules, rows: list[Row]) -> None:
    records = records_of(rows)
    alone = [evaluate(rules, records, all_leads().take(np.array([lead])))[0] for lead in range(len(LEADS))]
    assert alone == evaluate(rules, records, all_leads())


def test_lead_without_answers_needs_discovery_on_all_five() -> None:
    gates = gates_of()
    assert gates.overall == "needs_discovery"
    assert all(gate.evidence is None and gate.answered_at_ms is None for gate in gates.pillars.values())
    assert len(gates.questions) == 5


def test_evidence_names_the_answer_and_its_date() -> None:
    budget = gates_of(("2026-11-18T06:00:00Z", "budget_status", "can_buy")).pillars["budget"]
    assert (budget.status, budget.evidence, budget.question) == ("pass", "budget_status = can_buy", None)
    assert budget.answered_at_ms == pd.Timestamp("2026-11-18T06:00:00Z").value // 10**6


def test_answer_that_settles_nothing_is_shown_beside_the_question() -> None:
    authority = gates_of(("2026-11-18T06:00:00Z", "authority_role", "champion")).pillars["authority"]
    assert (authority.status, authority.evidence) == ("unknown", "authority_role = champion")
    assert authority.question is not None
    assert authority.question.ja == "最終決裁者はどなたですか。"


@pytest.mark.parametrize(
    ("answer", "days", "status"),
    [
        ("immediate", 45, "pass"),
        ("immediate", 46, "unknown"),
        ("immediate", 200, "unknown"),
        ("next_quarter", 100, "pass"),
        ("later", 200, "fail"),
        ("later", 366, "unknown"),
        ("this_year", 1, "unknown"),
    ],
)
def test_timeframe_lapses_by_what_it_says(answer: str, days: int, status: str) -> None:
    answered = AS_OF - pd.Timedelta(days=days)
    assert gates_of((answered.isoformat(), "timeframe", answer)).pillars["timeframe"].status == status


def test_answer_holds_to_the_last_millisecond_of_its_age() -> None:
    answered = AS_OF - pd.Timedelta(days=45)
    row = (answered.isoformat(), "timeframe", "immediate")
    assert gates_of(row).pillars["timeframe"].status == "pass"
    assert gates_of(row, as_of=AS_OF + pd.Timedelta(milliseconds=1)).pillars["timeframe"].status == "unknown"


def test_three_passes_of_the_four_qualify_whatever_the_competition() -> None:
    passes = [("budget_status", "can_buy"), ("authority_role", "decision_maker"), ("need", "must")]
    asked = [("2026-11-18T06:00:00Z", *answer) for answer in passes]
    competition = ("2026-11-18T06:00:00Z", "competition", "incumbent")
    assert gates_of(*asked, competition).overall == "qualified"
    assert gates_of(*asked[:2], ("2026-11-18T06:00:00Z", "competition", "none_known")).overall == "needs_discovery"


def test_need_of_none_disqualifies_whatever_passes_until_it_is_withdrawn() -> None:
    passes = [("budget_status", "can_buy"), ("authority_role", "decision_maker"), ("timeframe", "immediate")]
    asked = [("2026-11-17T06:00:00Z", *answer) for answer in passes]
    refused = ("2026-11-18T06:00:00Z", "need", "none")
    assert gates_of(*asked, refused).overall == "disqualified"
    assert gates_of(*asked, refused, ("2026-11-19T06:00:00Z", "need", "nice")).overall == "qualified"


def test_no_snapshots_give_no_gates() -> None:
    nobody = Snapshots(np.array([], dtype=np.int64), np.array([], dtype=np.int64))
    cells: dict[str, str | float | None] = dict.fromkeys(VALUES) | {"need": "must"}
    assert evaluate(GateRules.load(), records_of([Row("ann", AS_OF_MS - 1, cells)]), nobody) == []
