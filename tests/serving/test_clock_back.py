"""A real service whose clock is put back an hour while it answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pandas as pd
import pytest

from benchmarks.serving.engines import Engine, running
from benchmarks.year.clock import VARIABLE, Clock
from serving.examples import REQUESTS

NOON = pd.Timestamp("2026-06-15T12:00:00Z")
HOUR = pd.Timedelta(hours=1)
MINUTE = pd.Timedelta(minutes=1)


@dataclass
class Service:
    client: httpx.Client
    clock: Clock

    def score(self, lead_id: str, **asked: str) -> httpx.Response:
        body = {name: part for name, part in REQUESTS["en"].items() if name != "as_of"}
        return self.client.post("/score", json={**body, "lead": {**body["lead"], "lead_id": lead_id}, **asked})

    def report(self, lead_id: str, closed_at: pd.Timestamp) -> httpx.Response:
        body = {"lead_id": lead_id, "outcome": "won", "closed_at": closed_at.isoformat()}
        return self.client.post("/outcomes", json=body)

    def history(self, lead_id: str, **asked: str | int) -> list[dict[str, Any]]:
        answered = self.client.get(f"/leads/{lead_id}/scores", params=asked)
        assert answered.status_code == 200, answered.text
        found: list[dict[str, Any]] = answered.json()["scores"]
        return found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("clock")
    clock = Clock(folder / "clock")
    clock.set(NOON)
    settings = {
        "LEADS_METHOD": "rules",
        "LEADS_PORT": "{port}",
        "LEADS_DATABASE_URL": f"sqlite:///{folder}/history.db",
        VARIABLE: str(folder / "clock"),
    }
    engine = Engine("service", ("-m", "benchmarks.year.service"), settings, "/readyz", b"")
    with running(engine, folder) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        yield Service(client, clock)


@pytest.fixture
def lead_id() -> str:
    return f"lead {uuid4().hex}"


def test_no_answer_is_lost_or_doubled_and_all_are_listed_in_the_order_of_their_times(
    service: Service, lead_id: str
) -> None:
    answered = []
    for instant in (NOON, NOON - HOUR, NOON - HOUR, NOON + HOUR, NOON):
        service.clock.set(instant)
        answered += [service.score(lead_id).json() for _ in range(3)]
    listed = service.history(lead_id)
    assert len({one["score_id"] for one in answered}) == len(answered)
    assert sorted(one["score_id"] for one in listed) == sorted(one["score_id"] for one in answered)
    times = [pd.Timestamp(one["scored_at"]) for one in listed]
    assert times == sorted(times, reverse=True)


def test_pages_of_the_history_hold_every_answer_once(service: Service, lead_id: str) -> None:
    for instant in (NOON, NOON - HOUR, NOON):
        service.clock.set(instant)
        assert service.score(lead_id).status_code == 200
        assert service.score(lead_id).status_code == 200
    whole, paged = service.history(lead_id), service.history(lead_id, limit=2)
    while found := service.history(lead_id, limit=2, before=paged[-1]["score_id"]):
        paged += found
    assert len(whole) == 6
    assert paged == whole


def test_outcome_that_is_in_the_future_now_is_refused_with_the_time_and_taken_once_it_is_past(
    service: Service, lead_id: str
) -> None:
    service.clock.set(NOON)
    assert service.score(lead_id).status_code == 200
    assert len(service.history(lead_id)) == 1
    service.clock.set(NOON - HOUR)
    refused = service.report(lead_id, NOON + MINUTE)
    assert refused.status_code == 422
    assert "must not lie in the future: it is 2026-06-15T11:00:0" in refused.text
    service.clock.set(NOON + 2 * MINUTE)
    taken = service.report(lead_id, NOON + MINUTE)
    assert (taken.status_code, taken.json()["earlier_scores"]) == (201, 1)


def test_outcome_from_before_the_score_by_a_clock_put_back_is_stored_and_never_compared_with_it(
    service: Service, lead_id: str
) -> None:
    service.clock.set(NOON)
    assert service.score(lead_id).status_code == 200
    service.clock.set(NOON - HOUR)
    taken = service.report(lead_id, NOON - HOUR)
    assert (taken.status_code, taken.json()["earlier_scores"]) == (201, 0)
    assert len(service.history(lead_id)) == 1
    service.clock.set(NOON)
    assert service.report(lead_id, NOON - HOUR).status_code == 200, "a repeat says the same"


def test_question_about_what_is_the_future_now_is_refused_with_the_time(service: Service, lead_id: str) -> None:
    service.clock.set(NOON - HOUR)
    refused = service.score(lead_id, as_of=NOON.isoformat())
    assert refused.status_code == 422
    assert "must not lie in the future: it is 2026-06-15T11:00:0" in refused.text
    assert service.score(lead_id, as_of=(NOON - HOUR).isoformat()).status_code == 200
