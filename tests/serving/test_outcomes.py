"""``POST /outcomes``: what is accepted, what is refused, and what is stored."""

import time
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from features.instant import iso
from features.wording import Language
from serving.examples import OUTCOMES, REQUESTS
from serving.settings import ServiceSettings
from tests.serving.caller import Caller

WON: dict[str, Any] = {"lead_id": "L1", "outcome": "won", "closed_at": "2026-10-05T15:00:00+09:00"}
LOST: dict[str, Any] = {"lead_id": "L2", "outcome": "lost", "closed_at": "2026-10-06", "lost_reason": "price"}


@pytest.mark.parametrize("language", OUTCOMES)
def test_outcome_is_stored_once_and_a_repeat_changes_nothing(caller: Caller, language: Language) -> None:
    reports = [caller.post("/outcomes", json=OUTCOMES[language]) for _ in range(3)]
    assert [report.status_code for report in reports] == [201, 200, 200]
    assert reports[0].json() == reports[1].json() == reports[2].json()
    assert reports[0].json()["amount"] == OUTCOMES[language]["amount"]


def test_times_without_offset_are_read_in_the_services_zone(caller: Caller) -> None:
    assert caller.post("/outcomes", json=LOST).json()["closed_at"] == "2026-10-05T15:00:00Z"


@pytest.mark.parametrize(
    "other",
    [{"outcome": "lost"}, {"closed_at": "2026-10-05T15:00:01+09:00"}, {"amount": 2}, {"currency": "USD"}],
    ids=str,
)
def test_contradiction_is_refused_with_what_is_stored(caller: Caller, other: dict[str, Any]) -> None:
    stored = caller.post("/outcomes", json=WON | {"amount": 1, "currency": "JPY"}).json()
    refused = caller.post("/outcomes", json=WON | {"amount": 1, "currency": "JPY"} | other)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:lead-scoring:problem:contradiction"
    assert refused.json()["stored"] == {name: stored[name] for name in stored if name != "earlier_scores"}
    assert caller.post("/outcomes", json=WON).json() == stored


def test_what_was_not_known_at_first_is_added(caller: Caller) -> None:
    assert caller.post("/outcomes", json=WON).json()["amount"] is None
    added = caller.post("/outcomes", json=WON | {"amount": 4_800_000, "currency": "jpy"})
    assert (added.status_code, added.json()["amount"], added.json()["currency"]) == (200, 4_800_000, "JPY")
    assert caller.post("/outcomes", json=WON).json() == added.json()


def test_only_answers_from_before_the_end_are_counted(caller: Caller) -> None:
    soon = iso(time.time_ns() // 1_000_000 + 60_000)
    for lead_id, closed_at, expected in (("too late", WON["closed_at"], 0), ("in time", soon, 1)):
        caller.post("/score", json=REQUESTS["ja"] | {"lead": REQUESTS["ja"]["lead"] | {"lead_id": lead_id}})
        assert caller.get(f"/leads/{lead_id}/scores").status_code == 200, "it is written by now"
        told = caller.post("/outcomes", json=WON | {"lead_id": lead_id, "closed_at": closed_at})
        assert (told.status_code, told.json()["earlier_scores"]) == (201, expected)


def test_lead_that_was_never_scored_is_accepted(caller: Caller) -> None:
    told = caller.post("/outcomes", json=WON | {"lead_id": "unknown"})
    assert (told.status_code, told.json()["earlier_scores"]) == (201, 0)


BAD = [
    (WON | {"outcome": "open"}, "outcome", "must be one of won, lost"),
    (WON | {"outcome": None}, "outcome", "must be one of won, lost"),
    (WON | {"closed_at": "2199-01-01"}, "closed_at", "must not lie in the future"),
    (WON | {"closed_at": "soon"}, "closed_at", "ISO 8601"),
    (WON | {"closed_at": 1}, "closed_at", "as text"),
    (WON | {"amount": -1}, "amount", "must be 0 or more"),
    (WON | {"amount": "1"}, "amount", "must be a number"),
    (WON | {"amount": 1e16}, "amount", "must be 1e+15 or less"),
    (WON | {"currency": "yen!"}, "currency", "ISO 4217"),
    (WON | {"lost_reason": "price"}, "lost_reason", "only what is lost"),
    (LOST | {"lost_reason": "x" * 1001}, "lost_reason", "at most 1,000"),
    (WON | {"lead_id": " "}, "lead_id", "must not be blank"),
    (WON | {"lead_id": "x" * 201}, "lead_id", "at most 200"),
    (WON | {"lead_id": 7}, "lead_id", "must be text"),
    (WON | {"close_at": "2026-10-05"}, "close_at", "did you mean closed_at?"),
    ({"lead_id": "L1"}, "outcome", "is required"),
]


@pytest.mark.parametrize(("body", "place", "told"), BAD, ids=lambda part: part if isinstance(part, str) else "")
def test_bad_outcome_is_refused_where_the_fault_is(caller: Caller, body: Any, place: str, told: str) -> None:
    refused = caller.post("/outcomes", json=body)
    assert refused.status_code == 422
    [found] = [error for error in refused.json()["errors"] if error["location"] == ["body", place]]
    assert told in found["message"]


@pytest.mark.parametrize("body", [True, 1, "won", [], [WON], {}, {"": WON}, {"outcome": {"outcome": "won"}}])
def test_anything_else_is_told_and_never_fails(caller: Caller, body: Any) -> None:
    assert caller.post("/outcomes", json=body).status_code == 422


def test_huge_body_is_refused(caller: Caller) -> None:
    refused = caller.post("/outcomes", json=LOST | {"lost_reason": "x" * 20_000})
    assert refused.status_code == 413


def test_nothing_is_said_to_be_stored_while_the_database_is_away(caller: Caller, settings: ServiceSettings) -> None:
    caller.post("/outcomes", json=LOST)
    engine = create_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE outcomes RENAME TO away"))
    away = caller.post("/outcomes", json=WON)
    assert (away.status_code, away.json()["type"]) == (503, "urn:lead-scoring:problem:store-away")
    assert "retry-after" in away.headers
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO outcomes"))
    engine.dispose()
    assert caller.post("/outcomes", json=WON).status_code == 201
