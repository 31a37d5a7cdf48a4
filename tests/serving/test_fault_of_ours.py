"""The service itself fails: the caller learns that and no more, the log where and not about whom."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest

from models.lead_scorer import LeadScorer
from serving.app import create_app
from serving.examples import REQUESTS
from serving.security_headers import SECURITY_HEADERS
from serving.settings import ServiceSettings
from tests.serving.caller import Caller, calling
from tests.serving.process import environment

PERSON = "Hanako Plantova, h.plantova@planted.example"


class Failing:
    """Whatever is asked of it fails, with words about somebody."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"{name} of {PERSON}")


@pytest.fixture
def failing(settings: ServiceSettings) -> Iterator[Caller]:
    application = create_app(settings)
    with calling(application) as caller:
        champion = application.state.service.champion
        champion.current = replace(champion.current, scorer=cast("LeadScorer", Failing()))
        yield caller


@pytest.mark.parametrize("path", ["/score", "/score/batch"])
def test_caller_gets_a_problem_without_a_trace(failing: Caller, path: str) -> None:
    answer = _asked(failing, path)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert {name: answer.headers[name] for name in SECURITY_HEADERS} == dict(SECURITY_HEADERS)
    assert answer.headers["x-request-id"] in answer.json()["detail"]
    assert not [
        word for word in ("Traceback", "File ", ".py", "RuntimeError", "Hanako", "planted") if word in answer.text
    ]


def _asked(caller: Caller, path: str) -> httpx.Response:
    return caller.post(path, json=REQUESTS["en"] if path == "/score" else {"leads": [REQUESTS["en"]]})


FAIL = f"""
import logging, structlog
from serving.logs import set_up_logs
set_up_logs("info")
def score_of_a_lead():
    raise RuntimeError("{PERSON}")
try:
    score_of_a_lead()
except RuntimeError as error:
    logging.getLogger("uvicorn.error").error("Exception in ASGI application", exc_info=error)
    structlog.get_logger().exception("unusable")
"""


def test_log_tells_where_it_failed_and_nothing_of_the_message() -> None:
    """As the server logs what an application raises, and as the service logs what it catches."""
    ended = subprocess.run([sys.executable, "-c", FAIL], env=environment({}), capture_output=True, check=True)
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [line["fault"] for line in lines] == ["RuntimeError"] * 2
    assert all("score_of_a_lead" in line["at"][-1] for line in lines)
    assert b"Hanako" not in ended.stderr + ended.stdout


REFUSALS: dict[str, dict[str, Any]] = {
    "not JSON": {"path": "/score", "content": b"{", "headers": {"content-type": "application/json"}},
    "no JSON": {"path": "/score", "content": b"x"},
    "invalid": {"path": "/score", "json": {}},
    "too large": {"path": "/outcomes", "json": {"lead_id": "x" * 20_000}},
    "other method": {"path": "/model", "json": {}},
    "nowhere": {"path": "/nowhere", "json": {}},
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_every_refusal_is_a_problem_with_every_security_header(caller: Caller, refusal: str) -> None:
    answer = caller.post(**REFUSALS[refusal])
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert {name: answer.headers[name] for name in SECURITY_HEADERS} == dict(SECURITY_HEADERS)
