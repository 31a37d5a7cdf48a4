from typing import TypeAlias

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.instant import MS_PER_DAY
from features.outcomes import LEFT_OUT_REASONS, lead_outcomes
from features.tables import Tables

Row: TypeAlias = dict[str, object]
END_DAY = 100
NEVER = 10_000


def day(number: float) -> pd.Timestamp:
    return pd.Timestamp(int(number * MS_PER_DAY), unit="ms", tz="UTC")


def deal(opened: float, outcome: str = "open", closed: float | None = None) -> Row:
    return {"opened": opened, "outcome": outcome, "closed": closed}


def text(number: object) -> str | None:
    return None if number is None else day(float(str(number))).isoformat()


def outcome_of(deals: list[Row], outcome: str = "", closed: float | None = None) -> pd.Series:
    lead: Row = {"lead_id": "L", "created_at": text(1), "outcome": outcome, "closed_at": text(closed)}
    return lead_outcomes(tables([lead], deals), END_DAY * MS_PER_DAY).iloc[0]


def tables(leads: list[Row], deals: list[Row]) -> Tables:
    rows = [[f"D{n}", "L", text(deal["opened"]), text(deal["closed"]), deal["outcome"]] for n, deal in enumerate(deals)]
    columns = ["deal_id", "lead_id", "created_at", "closed_at", "outcome"]
    return Tables.from_frames(leads=pd.DataFrame(leads), deals=pd.DataFrame(rows, columns=columns, dtype="str"))


def test_lead_without_deals_tells_itself() -> None:
    found = outcome_of([], "won", 9)
    assert (found["outcome"], found["decided_at"], found["won_at"]) == ("won", day(9), day(9))


def test_lead_disqualified_before_any_deal_is_lost_though_other_leads_have_deals() -> None:
    with_deal: Row = {"lead_id": "L", "created_at": text(1), "outcome": "", "closed_at": None}
    without: Row = {"lead_id": "M", "created_at": text(1), "outcome": "lost", "closed_at": text(4)}
    found = lead_outcomes(tables([with_deal, without], [deal(2, "won", 8)]), END_DAY * MS_PER_DAY)
    assert found["outcome"].tolist() == ["won", "lost"]
    assert found["decided_at"].tolist() == [day(8), day(4)]


def test_deals_overrule_what_the_lead_says_of_itself() -> None:
    assert outcome_of([deal(2, "lost", 8)], "won", 3)["outcome"] == "lost"


def test_lead_is_undecided_while_a_deal_opened_before_the_loss_is_open() -> None:
    found = outcome_of([deal(2, "lost", 8), deal(5, "lost", 20)])
    assert found["decided_at"] == day(20)


def test_deal_opened_at_the_instant_of_a_loss_keeps_the_lead_undecided() -> None:
    assert outcome_of([deal(2, "lost", 8), deal(8, "lost", 20)])["decided_at"] == day(20)


def test_second_life_is_won_but_does_not_undo_the_first_decision() -> None:
    found = outcome_of([deal(2, "lost", 8), deal(30, "won", 40)])
    assert (found["outcome"], found["decided_at"], found["won_at"]) == ("won", day(8), day(40))


def test_lost_lead_with_a_deal_opened_anew_is_open() -> None:
    found = outcome_of([deal(2, "lost", 8), deal(30)])
    assert (found["outcome"], found["decided_at"]) == ("open", day(8))


def test_first_win_decides_though_another_deal_is_open() -> None:
    found = outcome_of([deal(2), deal(3, "won", 9)])
    assert (found["outcome"], found["decided_at"], found["won_at"]) == ("won", day(9), day(9))


def test_earliest_of_two_wins_counts() -> None:
    assert outcome_of([deal(2, "won", 12), deal(3, "won", 9)])["won_at"] == day(9)


@pytest.mark.parametrize("deals", [[], [deal(2, "won", END_DAY + 1)], [deal(END_DAY + 1, "won", END_DAY + 2)]])
def test_what_comes_after_the_data_end_is_unseen(deals: list[Row]) -> None:
    found = outcome_of(deals, "won", END_DAY + 2)
    assert found["outcome"] == "open"
    assert pd.isna(found["decided_at"])
    assert pd.isna(found["won_at"])


@pytest.mark.parametrize("deals", [[], [deal(2, "lost")], [deal(2, "lost", 4), deal(9, "won")]])
def test_closing_without_a_date_leaves_the_lead_out(deals: list[Row]) -> None:
    assert outcome_of(deals, "won")["left_out"] == "closed_without_date"


@pytest.mark.parametrize("closed", [1.0, 1.0 + 1 / MS_PER_DAY])
def test_lead_decided_when_created_is_left_out(closed: float) -> None:
    assert outcome_of([], "lost", closed)["left_out"] == "decided_at_creation"


def test_lead_created_at_the_data_end_is_left_out() -> None:
    outcomes = lead_outcomes(tables([{"lead_id": "L", "created_at": text(END_DAY)}], []), END_DAY * MS_PER_DAY)
    assert outcomes["left_out"].tolist() == ["created_at_data_end"]


def test_every_reason_to_leave_out_is_worded_in_both_languages() -> None:
    assert all(reason.en and reason.ja for reason in LEFT_OUT_REASONS.values())


@st.composite
def _deals(draw: st.DrawFn) -> list[Row]:
    opened = draw(st.lists(st.integers(1, 120), min_size=1, max_size=5))
    rows: list[Row] = []
    for start in opened:
        outcome = draw(st.sampled_from(["won", "lost", "open"]))
        rows.append(deal(start, outcome, None if outcome == "open" else start + draw(st.integers(0, 40))))
    return rows


def _first_decision(deals: list[Row]) -> float | None:
    known = [(d["opened"], d["closed"] or NEVER, d["outcome"]) for d in deals]
    spans = [(int(str(opened)), int(str(closed)), outcome) for opened, closed, outcome in known]
    for instant in sorted(closed for _, closed, _ in spans if closed <= END_DAY):
        opened = [(closed, outcome) for start, closed, outcome in spans if start <= instant]
        if all(closed <= instant for closed, _ in opened) or (instant, "won") in opened:
            return instant
    return None


@settings(max_examples=40, deadline=None)
@given(_deals())
def test_decision_is_the_first_instant_at_which_nothing_is_open_or_something_is_won(deals: list[Row]) -> None:
    expected = _first_decision(deals)
    decided_at = outcome_of(deals)["decided_at"]
    assert pd.isna(decided_at) if expected is None else decided_at == day(expected)
