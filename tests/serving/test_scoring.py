import json
from collections.abc import Iterator
from typing import Any

import pytest

from serving.answer_models import BatchScores, Problem, Score
from serving.app import create_app
from serving.examples import REQUESTS
from serving.settings import ServiceSettings
from tests.serving.caller import Caller, calling

JSON = {"content-type": "application/json"}
CHANGING = ("score_id", "scored_at")


def without_what_changes(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in CHANGING}


@pytest.fixture
def strict_caller(settings: ServiceSettings) -> Iterator[Caller]:
    limits = {"max_body_bytes": 2_000, "max_batch_bytes": 6_000, "max_batch_leads": 3}
    with calling(create_app(settings.model_copy(update=limits))) as made:
        yield made


@pytest.mark.parametrize("language", ["en", "ja"])
def test_answer_is_as_the_contract_says(caller: Caller, language: str) -> None:
    answered = caller.post("/score", json=REQUESTS["ja"] | {"language": language})
    assert answered.status_code == 200
    score = Score.model_validate(answered.json())
    assert (score.lead_id, score.as_of, score.method) == ("00Q5g00000AbCdE", "2026-11-21T00:00:00Z", "rules")
    assert score.gates.budget.status == "pass"


def test_same_body_gives_the_same_answer_through_both_doors(caller: Caller) -> None:
    bodies = list(REQUESTS.values())
    one_by_one = [caller.post("/score", json=body).json() for body in bodies]
    together = caller.post("/score/batch", json={"leads": bodies}).json()["results"]
    assert [*map(without_what_changes, one_by_one)] == [*map(without_what_changes, together)]
    assert len({answer["score_id"] for answer in (*one_by_one, *together)}) == 2 * len(bodies)


def test_one_bad_lead_does_not_fail_the_rest(caller: Caller) -> None:
    bad = {"lead": {"lead_id": "bad", "created_at": "never"}}
    answered = caller.post("/score/batch", json={"leads": [bad, REQUESTS["en"], 7]})
    assert answered.status_code == 200
    BatchScores.model_validate(answered.json())
    first, second, third = answered.json()["results"]
    assert (first["lead_id"], first["problem"]["status"]) == ("bad", 422)
    assert first["problem"]["errors"][0]["location"] == ["body", "leads", 0, "lead", "created_at"]
    assert second["lead_id"] == "lead-4711"
    assert third["lead_id"] is None


@pytest.mark.parametrize(
    ("header", "stated", "text"),
    [("", None, "Call"), ("ja", None, "ください"), ("ja", "en", "Call"), ("en", "ja", "ください")],
)
def test_language_is_the_requests_else_the_headers(caller: Caller, header: str, stated: str | None, text: str) -> None:
    headers = {"accept-language": header} if header else {}
    body = REQUESTS["ja"] | {"language": stated}
    recommendation = caller.post("/score", json=body, headers=headers).json()["recommendation"]
    assert recommendation["route"] == "discover"
    assert text in recommendation["text"] or text == "Call"


def test_lead_is_looked_at_now_unless_the_request_says_when(caller: Caller) -> None:
    answer = caller.post("/score", json={**REQUESTS["en"], "as_of": None}).json()
    assert answer["as_of"] == answer["scored_at"]


def test_rows_dated_at_or_after_as_of_change_nothing(caller: Caller) -> None:
    body = REQUESTS["ja"]
    later = {"type": "meeting", "occurred_at": body["as_of"]}
    known_later = {"type": "meeting", "occurred_at": "2026-11-01", "recorded_at": "2126-01-01"}
    with_later = body | {"activities": [*body["activities"], later, known_later]}
    answers = [caller.post("/score", json=sent).json() for sent in (body, with_later)]
    assert without_what_changes(answers[0]) == without_what_changes(answers[1])


def test_ten_thousand_activities_are_answered(caller: Caller) -> None:
    rows = [{"type": "page_view", "occurred_at": f"2026-10-{day % 28 + 1:02}T00:00:00Z"} for day in range(10_000)]
    assert caller.post("/score", json=REQUESTS["en"] | {"activities": rows}).status_code == 200
    refused = caller.post("/score", json=REQUESTS["en"] | {"activities": [*rows, rows[0]]})
    assert refused.json()["errors"][0]["message"] == "must have at most 10,000 rows; send the latest ones"


def test_repeated_name_counts_where_it_stands_last(caller: Caller) -> None:
    text = json.dumps(REQUESTS["en"]).replace('"lead_id": "lead-4711"', '"lead_id": "first", "lead_id": "last"')
    assert caller.post("/score", content=text, headers=JSON).json()["lead_id"] == "last"


GOOD = json.dumps(REQUESTS["en"])
BAD_BODIES = {
    "nothing": (b"", 422),
    "no json": (b"lead_id=4711", 422),
    "cut off": (GOOD[:-9].encode(), 422),
    "two documents": (f"{GOOD}{GOOD}".encode(), 422),
    "deep": (b"[" * 100_000, 422),
    "deep within": (b'{"lead":' * 5_000 + b"1" + b"}" * 5_000, 422),
    "not a number": (GOOD.replace("2400", "NaN").encode(), 422),
    "infinite": (GOOD.replace("2400", "-Infinity").encode(), 422),
    "infinite by size": (GOOD.replace("2400", "1e999").encode(), 422),
    "endless number": (GOOD.replace("2400", "9" * 5_000).encode(), 422),
    "shift_jis": (json.dumps(REQUESTS["ja"], ensure_ascii=False).encode("shift_jis"), 422),
    "utf-16": (GOOD.encode("utf-16"), 422),
    "half a character": (GOOD.replace("retail", "\\ud83d").encode(), 422),
    "raw half a character": (GOOD.encode().replace(b"retail", b"\xed\xa0\xbd"), 422),
    "huge": (GOOD.encode() + b" " * (5 * 1024 * 1024), 413),
}


@pytest.mark.parametrize(("content", "status"), BAD_BODIES.values(), ids=BAD_BODIES)
def test_bad_body_gets_a_problem(caller: Caller, content: bytes, status: int) -> None:
    answered = caller.post("/score", content=content, headers=JSON)
    assert answered.status_code == status
    assert answered.headers["content-type"] == "application/problem+json"
    Problem.model_validate(answered.json())
    assert len(answered.content) < 2_000


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "text/plain"},
        {"content-type": "application/json; charset=shift_jis"},
        {"content-type": "application/json", "content-encoding": "gzip"},
        {},
    ],
)
def test_what_is_not_declared_as_plain_json_is_not_read(caller: Caller, headers: dict[str, str]) -> None:
    assert caller.post("/score", content=GOOD, headers=headers).status_code == 415


def test_body_is_counted_while_it_comes_in(strict_caller: Caller) -> None:
    read = []

    async def endless() -> Any:
        while True:
            read.append(1_000)
            yield b" " * 1_000

    assert strict_caller.post("/score", content=endless(), headers=JSON).status_code == 413
    assert sum(read) <= 4_000


@pytest.mark.parametrize(
    ("content", "status", "told"),
    [
        ({"leads": []}, 422, "must be a list of 1 to 3 requests"),
        ({"leads": [1, 2, 3, 4]}, 422, "must be a list of 1 to 3 requests"),
        ({"leads": {}}, 422, "must be a list of 1 to 3 requests"),
        ({}, 422, "is required"),
        ([], 422, "is required"),
        ({"leads": [1], "more": 1}, 422, "is not known here"),
        ({"leads": ["x" * 7_000]}, 413, "6,000 bytes"),
    ],
)
def test_bad_batch_is_refused_as_a_whole(strict_caller: Caller, content: Any, status: int, told: str) -> None:
    answered = strict_caller.post("/score/batch", json=content)
    assert answered.status_code == status
    assert told in answered.text
