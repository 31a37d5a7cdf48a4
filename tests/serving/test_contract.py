"""The running service held to its own description, and asked what nobody should ask."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.conversion import ConversionModel
from serving.key_file import make_key
from tests.serving.process import Running, environment, serving
from tests.serving.small_model import empty_registry, register_model

EXAMPLES = 20
LONGEST_SECONDS = 120
DAY = "2024-03-01"


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, prepared_store: Path, model: ConversionModel
) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("contract")
    register_model(model, empty_registry(folder, prepared_store))
    key = make_key(folder / "keys.jsonl", "schemathesis", ["score", "outcomes", "admin"], 0)
    with serving(folder, LEADS_KEYS_FILE="keys.jsonl", LEADS_TIME_ZONE="Asia/Tokyo") as started:
        started.client.headers["authorization"] = f"Bearer {key}"
        yield started
        started.stop()
    assert [line for line in started.log if line["level"] in ("error", "critical")] == []


def test_service_answers_as_it_describes_itself(running: Running, tmp_path: Path) -> None:
    """Schemathesis, with every check: what is described is accepted, what is not is refused, nothing fails with 5xx.

    It also follows the links from an answer to the lead's history and outcome.
    """
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{running.client.base_url}/openapi.json"),
        *("--header", f"Authorization: {running.client.headers['authorization']}"),
        *("--checks", "all", "--max-response-time", "20", "--max-examples", str(EXAMPLES)),
        *("--generation-deterministic", "--no-color"),
    ]
    ended = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment({"SCHEMATHESIS_HOOKS": "tests.serving.contract_times"}),
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    assert "4 covered / 4 selected / 4 total" in ended.stdout


def body(**parts: Any) -> dict[str, Any]:
    return {"lead": {"lead_id": "L1", "created_at": DAY} | parts.pop("lead", {}), "as_of": "2024-06-01", **parts}


def visits(*times: str) -> list[dict[str, str]]:
    return [{"type": "page_view", "occurred_at": time} for time in times]


ODD = {
    "unseen categories": body(lead={"source": "carrier pigeon", "job_title": "?", "nurture_track": "none of them"}),
    "in the future": body(activities=visits("2199-12-31T23:59:59Z"), lead={"created_at": "2199-01-01"}),
    "before 1970": body(activities=visits("1900-01-02", "1969-12-31T23:59:59.999Z"), lead={"created_at": "1901-05-05"}),
    "without an offset": body(activities=visits("2024-04-01 09:30", "2024-04-02T09:30:15.5", DAY)),
    "all at once": body(activities=visits(DAY) * 10_000),
    "no rows": body(activities=[], qualifications=[], deals=[], stage_history=[], field_history=[]),
    "enormous numbers": body(company={"employees": 1e308, "annual_revenue": 1e308, "founded_year": 500}),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_lead_is_scored_by_the_model(running: Running, odd: dict[str, Any]) -> None:
    answered = running.client.post("/score", json=odd)
    assert answered.status_code == 200, answered.text
    answer = answered.json()
    assert 0 < answer["probability"] < 1
    assert bool(answer["warnings"]) == ("source" in odd["lead"] or odd["lead"]["created_at"] > odd["as_of"])


@pytest.mark.parametrize(
    ("faulty", "location"),
    [
        (body(qualifications=[{"answered_at": DAY, "budget_amount": -1}]), "budget_amount"),
        (body(activities=visits("2024-02-30")), "occurred_at"),
        (body(activities=visits("0001-01-01T00:00:00Z")), "occurred_at"),
        (body(activities=visits(*[DAY] * 10_001)), "activities"),
        (body(budget=1), "budget"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_faulty_lead_is_refused_where_the_fault_is(running: Running, faulty: dict[str, Any], location: str) -> None:
    refused = running.client.post("/score", json=faulty)
    assert refused.status_code == 422
    assert [error["location"][-1] for error in refused.json()["errors"]] == [location]


def test_huge_body_is_refused_and_survived(running: Running) -> None:
    json_type = {"content-type": "application/json"}
    for content in (b" " * 5_000_000, b"[" * 4_000_000):
        assert running.client.post("/score", content=content, headers=json_type).status_code in (413, 422)
    assert running.client.get("/readyz").status_code == 200
