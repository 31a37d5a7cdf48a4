"""Whatever bytes come in, the service answers: with what was asked for, or with a problem that is the caller's."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.conversion import ConversionModel
from serving.examples import OUTCOMES, REQUESTS
from tests.fuzz.damage import Damage, damages
from tests.fuzz.examples import fuzzed
from tests.fuzz.json_damage import Change, any_json, changes
from tests.serving.doors import Doors, doors_of

TOKENS = (b"NaN", b"-Infinity", b"\\ud800", b"\\u0000", b"\xff", b"\0", b'"', b"[" * 3_000, b'{"a":' * 300)
BODIES: list[tuple[str, Any]] = [
    *(("/score", body) for body in REQUESTS.values()),
    *(("/outcomes", body) for body in OUTCOMES.values()),
    ("/score/batch", {"leads": [*REQUESTS.values()]}),
]
KINDS = ("application/json", "application/json", "application/json; charset=utf-8", "text/plain", ";;;", "")


@pytest.fixture(scope="module")
def doors(model: ConversionModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    with doors_of(model, tmp_path_factory.mktemp("doors")) as made:
        yield made


def check(answer: httpx.Response) -> None:
    assert answer.status_code < 500, answer.text
    told = json.loads(answer.content, parse_constant=lambda constant: pytest.fail(f"{constant} is not JSON"))
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert told["status"] == answer.status_code
        assert told["title"]
        assert bool(told.get("errors")) == (answer.status_code == 422)
    problems = [result["problem"] for result in told.get("results", ()) if "problem" in result]
    assert all(400 <= problem["status"] < 500 for problem in problems)


@fuzzed(400)
@given(path=st.sampled_from(["/score", "/score/batch", "/outcomes"]), body=any_json())
def test_any_json_is_answered(doors: Doors, path: str, body: Any) -> None:
    check(doors.caller.post(path, content=json.dumps(body).encode(), headers={"content-type": "application/json"}))


@fuzzed(800)
@given(sent=st.sampled_from(BODIES), change=changes())
def test_request_that_says_something_else_is_answered(doors: Doors, sent: tuple[str, Any], change: Change) -> None:
    path, body = sent
    content = json.dumps(change(body), ensure_ascii=False).encode("utf-8", "surrogatepass")
    check(doors.caller.post(path, content=content, headers={"content-type": "application/json"}))


@fuzzed(400)
@given(sent=st.sampled_from(BODIES), damage=damages(TOKENS), kind=st.sampled_from(KINDS))
def test_damaged_body_is_answered(doors: Doors, sent: tuple[str, Any], damage: Damage, kind: str) -> None:
    path, body = sent
    check(doors.caller.post(path, content=damage(json.dumps(body).encode()), headers={"content-type": kind}))


@fuzzed(100)
@given(lead_id=st.text(min_size=1), limit=st.text() | st.integers().map(str), language=st.text(max_size=20))
def test_any_address_is_answered(doors: Doors, lead_id: str, limit: str, language: str) -> None:
    path = f"/leads/{quote(lead_id.encode('utf-8', 'surrogatepass'), safe='')}/scores"
    headers = {"accept-language": language.encode("latin-1", "replace")}
    answer = doors.caller.get(path, params={"limit": limit}, headers=headers)
    assert answer.status_code in (200, 404, 422)
    check(answer)
