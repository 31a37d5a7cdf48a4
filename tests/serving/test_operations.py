import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving.answer_models import ModelCard, Problem
from serving.app import create_app
from serving.examples import REQUESTS
from serving.settings import ServiceSettings
from tests.serving.caller import Caller, calling


@pytest.fixture
def caller_without_model(
    settings: ServiceSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Caller]:
    monkeypatch.chdir(tmp_path)
    with calling(create_app(settings.model_copy(update={"method": "model"}))) as made:
        yield made
    assert not list(tmp_path.glob("*ml*")), "asking for a model must not make a registry"


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/score"), ("POST", "/score/batch"), ("GET", "/model"), ("GET", "/readyz")]
)
def test_no_model_is_told_with_what_to_do(caller_without_model: Caller, method: str, path: str) -> None:
    answered = caller_without_model(method, path, json=REQUESTS["en"] if method == "POST" else None)
    assert answered.status_code == 503
    assert "run `make train`" in Problem.model_validate(answered.json()).detail
    assert answered.headers["retry-after"]
    assert caller_without_model.get("/healthz").status_code == 200


def test_service_that_can_score_is_ready(caller: Caller) -> None:
    told = caller.get("/readyz").json()
    assert (told["status"], told["model"]["source"], told["database"], told["registry"]) == (
        *("ready", "rules"),
        *("answers", "unused"),
    )


def test_database_that_is_away_is_told_and_the_service_stays_ready(settings: ServiceSettings, tmp_path: Path) -> None:
    (tmp_path / "history").write_text("a file stands where the folder should")
    with calling(create_app(settings)) as caller:
        until = time.monotonic() + 10
        while caller.get("/readyz").json()["database"] == "answers" and time.monotonic() < until:
            time.sleep(0.05)
        answered = caller.get("/readyz")
        assert (answered.status_code, answered.json()["database"]) == (200, "away")
        metrics = caller.get("/metrics").text
        assert "leads_database_away 1.0" in metrics
        assert "leads_registry_away 0.0" in metrics, "rules need none"


def test_card_tells_the_rules(caller: Caller) -> None:
    card = ModelCard.model_validate(caller.get("/model").json())
    assert card.method == "rules"
    assert set(card.gates["pillars"]) == {"budget", "authority", "need", "timeframe", "competition"}


def test_metrics_count_requests_scores_and_the_queue_without_leads(caller: Caller) -> None:
    for _ in range(3):
        caller.post("/score", json=REQUESTS["ja"])
    caller.get("/leads/00Q5g00000AbCdE/scores")
    caller.get("/nowhere/00Q5g00000AbCdE")
    text = caller.get("/metrics").text
    assert 'leads_requests_total{method="POST",route="/score",status="200"} 3.0' in text
    assert 'leads_requests_total{method="GET",route="(none)",status="404"} 1.0' in text
    assert re.search(r'leads_scores_total\{grade="[A-D]",method="rules"\} 3\.0', text)
    assert 'leads_request_seconds_count{route="/score"} 3.0' in text
    assert "leads_history_waiting 0.0" in text
    assert "leads_history_spool_bytes 0.0" in text
    assert "00Q5g00000AbCdE" not in text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/score", 405),
        ("DELETE", "/model", 405),
        ("TRACE", "/score", 405),
        ("POST", "/scores", 404),
    ],
)
def test_what_is_not_there_gets_a_problem(caller: Caller, method: str, path: str, status: int) -> None:
    answered = caller(method, path)
    assert answered.status_code == Problem.model_validate(answered.json()).status == status
    assert (status == 405) == ("allow" in answered.headers)


def test_request_id_is_the_callers_where_it_may_stand_in_a_log(caller: Caller) -> None:
    assert caller.get("/healthz", headers={"x-request-id": "crm-17.a"}).headers["x-request-id"] == "crm-17.a"
    for bad in ("", "x" * 65, "a b", "ann@example.com", 'a"b'):
        given = caller.get("/healthz", headers={"x-request-id": bad}).headers["x-request-id"]
        assert re.fullmatch(r"[0-9a-f]{32}", given)


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/score", "/openapi.json"])
def test_every_answer_forbids_keeping_framing_and_sniffing(caller: Caller, path: str) -> None:
    headers = caller.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
