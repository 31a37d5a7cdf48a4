"""Scores, histories and outcomes of a few leads in any order, against a running service and a model of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from serving.examples import REQUESTS
from tests.serving.process import Running, serving

SCENARIOS, STEPS = 15, 20
LEADS = st.sampled_from(["plain", "日本語 の リード", "a/b?c=d&e#f", "x" * 200, "%2e%2e"])
DAY = datetime(2024, 3, 1, tzinfo=UTC)
AMOUNTS = st.sampled_from([None, 0, 18_500, 18_500.5])
Outcome = dict[str, Any]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("stateful"), LEADS_METHOD="rules") as started:
        yield started
        started.stop()
    assert [line for line in started.log if line["level"] in ("error", "critical")] == []


def score_request(lead_id: str, days: int) -> dict[str, Any]:
    as_of = (DAY + timedelta(days)).isoformat()
    return {**REQUESTS["en"], "lead": {"lead_id": lead_id, "created_at": "2024-01-01"}, "as_of": as_of}


class Conversation(RuleBasedStateMachine):
    """What must be stored after each step, of leads that no other conversation speaks of."""

    client: httpx.Client
    conversations = 0

    @initialize()
    def begin(self) -> None:
        Conversation.conversations += 1
        self.prefix = f"{Conversation.conversations}:"
        self.scored: dict[str, list[str]] = {}
        self.ended: dict[str, Outcome] = {}

    @rule(lead=LEADS, days=st.integers(0, 30))
    def score(self, lead: str, days: int) -> None:
        answer = self.client.post("/score", json=score_request(self._id(lead), days))
        assert answer.status_code == 200
        self.scored.setdefault(lead, []).append(answer.json()["score_id"])

    @rule(leads=st.lists(LEADS, min_size=1, max_size=4), days=st.integers(0, 30), bad=st.booleans())
    def score_many(self, leads: list[str], days: int, *, bad: bool) -> None:
        """One bad lead among them changes nothing for the others."""
        wanted: list[dict[str, Any]] = [score_request(self._id(lead), days) for lead in leads]
        answer = self.client.post("/score/batch", json={"leads": [*([{"lead": {}}] if bad else []), *wanted]})
        results = answer.json()["results"]
        assert ["problem" in result for result in results] == [True] * bad + [False] * len(leads)
        for lead, result in zip(leads, results[bad:], strict=True):
            self.scored.setdefault(lead, []).append(result["score_id"])

    @rule(lead=LEADS, limit=st.integers(1, 30))
    def ask_for_the_history(self, lead: str, limit: int) -> None:
        answer = self._history(lead, limit=limit)
        if lead not in self.scored:
            assert answer.status_code == 404
            return
        assert [one["score_id"] for one in answer.json()["scores"]] == self._newest(lead)[:limit]

    @rule(lead=LEADS, limit=st.integers(1, 3))
    def turn_the_pages_of_the_history(self, lead: str, limit: int) -> None:
        read: list[str] = []
        while lead in self.scored:
            after = {"before": read[-1]} if read else {}
            page = [one["score_id"] for one in self._history(lead, limit=limit, **after).json()["scores"]]
            read += page
            if len(page) < limit:
                break
        assert read == self._newest(lead)

    @rule(lead=LEADS, outcome=st.sampled_from(["won", "lost"]), days=st.integers(0, 2), amount=AMOUNTS)
    def report_the_end(self, lead: str, outcome: str, days: int, amount: float | None) -> None:
        """The first report counts; a repeat and what only adds to it are taken, anything else is refused."""
        closed_at = (DAY + timedelta(days)).isoformat()
        body = {"lead_id": self._id(lead), "outcome": outcome, "closed_at": closed_at}
        answer = self.client.post("/outcomes", json=body if amount is None else body | {"amount": amount})
        told: Outcome = {"outcome": outcome, "closed_at": closed_at, "amount": amount}
        if lead not in self.ended:
            assert answer.status_code == 201
            self.ended[lead] = told
            return
        stored = self.ended[lead]
        if any(value is not None and stored[name] not in (None, value) for name, value in told.items()):
            assert answer.status_code == 409
            assert answer.json()["stored"]["amount"] == stored["amount"]
            return
        assert answer.status_code == 200
        stored["amount"] = stored["amount"] if amount is None else amount
        assert answer.json()["amount"] == stored["amount"]

    def _id(self, lead: str) -> str:
        return f"{self.prefix}{lead}"[:200]

    def _newest(self, lead: str) -> list[str]:
        """Newest first; answers of the same millisecond stand in the order of their ids, which is chance."""
        return sorted(self.scored.get(lead, []), reverse=True)

    def _history(self, lead: str, **parameters: Any) -> httpx.Response:
        return self.client.get(f"/leads/{quote(self._id(lead), safe='')}/scores", params=parameters)


def test_service_remembers_what_it_was_told_in_any_order(running: Running) -> None:
    Conversation.client = running.client
    limits = settings(
        max_examples=SCENARIOS, stateful_step_count=STEPS, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(Conversation, settings=limits)
