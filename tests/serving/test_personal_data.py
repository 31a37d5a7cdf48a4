"""A person is put into every kind of request; afterwards nothing that the service wrote may know them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from models.conversion import ConversionModel
from serving.examples import OUTCOMES, REQUESTS
from serving.history_store import HistoryStore
from serving.key_file import make_key
from tests.serving.process import Running, environment, serving
from tests.serving.small_model import empty_registry, register_model

NAME, ADDRESS, PHONE = "Hanako Plantova", "h.plantova@planted.example", "+81-90-4567-8901"
PERSON = {
    "full_name": NAME,
    "second_email": ADDRESS,
    "phone": PHONE,
    "street": "7 Plantway Road",
    "植木花子": "植木花子",
}
NEEDLES = ("plantova", "planted.example", "4567-8901", "plantway", "植木花子", "leads_planted")
AWAY = "postgresql+psycopg://nobody@127.0.0.1:1/none"
JSON = {"content-type": "application/json"}
GOOD = REQUESTS["ja"] | {
    "lead": {**REQUESTS["ja"]["lead"], **PERSON, "email": ADDRESS, "job_title": NAME, "campaign": NAME, "source": NAME},
    "company": {"company_id": ADDRESS, "industry": NAME, **PERSON},
    "activities": [{"type": NAME, "occurred_at": "2026-01-05", "agent": NAME}],
    "field_history": [{"field": "full_name", "changed_at": "2026-01-05", "old_value": NAME, "new_value": NAME}],
}
LEAD_ID = GOOD["lead"]["lead_id"]
REFUSED: dict[str, Any] = {
    "name instead of a time": GOOD | {"as_of": NAME},
    "address as a field": GOOD | {ADDRESS: NAME},
    "person as a row": GOOD | {"activities": [PERSON]},
    "name instead of a lead": GOOD | {"lead": NAME},
    "person as a language": GOOD | {"language": NAME},
    "name as the id of no lead": {"lead": {"lead_id": NAME, "created_at": NAME}},
    "phone instead of a number": GOOD | {"company": {"company_id": "C1", "employees": PHONE}},
    "name as a choice": GOOD | {"qualifications": [{"answered_at": "2026-01-05", "need": NAME}]},
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, prepared_store: Path, model: ConversionModel) -> dict[str, bytes]:
    """What is left behind: every file of the service, its log among them, its metrics, and the page of the watch."""
    folder = tmp_path_factory.mktemp("personal")
    register_model(model, empty_registry(folder, prepared_store))
    key = make_key(folder / "keys.jsonl", "crm", ["score", "outcomes", "admin"], 0)
    told: dict[str, bytes] = {}
    for name, settings in {"usual": {}, "database away": {"LEADS_DATABASE_URL": AWAY}}.items():
        with serving(folder, LEADS_KEYS_FILE="keys.jsonl", LEADS_LOG_LEVEL="debug", **settings) as running:
            running.client.headers["authorization"] = f"Bearer {key}"
            statuses = [answer.status_code for answer in _ask(running)]
            assert 200 in statuses
            assert set(statuses) <= {200, 201, 400, 401, 404, 422, 503}
            told |= {f"metrics, {name}": running.client.get("/metrics").content} | _files(folder, name)
            running.stop()
            told |= _files(folder, f"{name}, ended")
    watch = [sys.executable, "-m", "serving", "monitor", "--out", "monitor.html"]
    seen = subprocess.run(watch, cwd=folder, env=environment({}), capture_output=True, check=False)
    return told | _files(folder, "watched") | {"watch": seen.stdout + seen.stderr, "key": key.encode()}


def _ask(running: Running) -> Iterator[httpx.Response]:
    ask = running.client
    yield ask.post("/score", json=GOOD)
    yield ask.post("/score/batch", json={"leads": [GOOD, *REFUSED.values()]})
    for refused in REFUSED.values():
        yield ask.post("/score", json=refused)
    yield ask.post("/score", content=json.dumps(GOOD)[:-9].encode(), headers=JSON)
    yield ask.post("/outcomes", json=OUTCOMES["ja"] | {"lead_id": LEAD_ID, "lost_reason": None})
    for wrong in ({"outcome": NAME}, {"closed_at": NAME}, {"amount": PHONE}, {ADDRESS: NAME}, {"currency": NAME}):
        yield ask.post("/outcomes", json=OUTCOMES["ja"] | {"lead_id": NAME} | wrong)
    yield ask.get(f"/leads/{quote(ADDRESS)}/scores", params={"limit": NAME})
    yield ask.get(f"/{quote(NAME)}", params={"email": ADDRESS})
    yield ask.request(NAME.replace(" ", "").upper(), "/score")
    for header in ("user-agent", "accept-language", "referer", "x-request-id"):
        yield ask.post("/score", json=GOOD, headers={header: ADDRESS})
    yield ask.post("/score", json=GOOD, headers={"authorization": f"Bearer leads_planted {ADDRESS}"})


def _files(folder: Path, when: str) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".py")
    return {f"{path.relative_to(folder)}, {when}": path.read_bytes() for path in paths}


def test_answers_were_stored_spooled_counted_and_watched(written: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(written[".leads/history.db, usual, ended"])
    store = HistoryStore(f"sqlite:///{tmp_path}/history.db")
    assert len(store.of_lead(LEAD_ID, 100)) == 6
    store.close()
    spooled = [name for name, content in written.items() if "spool" in name and LEAD_ID.encode() in content]
    assert spooled
    assert b"leads_requests_total" in written["metrics, usual"]
    assert b"<html" in written["monitor.html, watched"]


@pytest.mark.parametrize("needle", NEEDLES)
def test_person_is_in_nothing_that_the_service_wrote(written: dict[str, bytes], needle: str) -> None:
    spellings = [needle.encode(), json.dumps(needle).strip('"').encode(), quote(needle).lower().encode()]
    found = [name for name, content in written.items() for spelling in spellings if spelling in content.lower()]
    assert found == []
    assert not [name for name in written if needle in name.lower()]


def test_key_is_in_nothing_that_the_service_wrote(written: dict[str, bytes]) -> None:
    assert [name for name, content in written.items() if written["key"] in content] == ["key"]
