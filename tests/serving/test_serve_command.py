import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from models.conversion import ConversionModel
from serving.__main__ import app
from serving.examples import REQUESTS
from serving.history_store import HistoryStore
from tests.serving.process import Running, serving
from tests.serving.small_model import register_model
from training.tracking.store_location import StoreLocation

JSON = {"content-type": "application/json"}
PERSON = {"name": "Haruka Tanaka", "email": "haruka.tanaka@example.co.jp", "phone": "+81-90-1234-5678"}
SECRETS = ("Haruka", "Tanaka", "haruka.tanaka", "情報システム部長", "+81-90")


def test_service_turns_ready_by_itself_and_follows_the_champion_without_a_failed_request(
    tmp_path: Path, registry: StoreLocation, model: ConversionModel
) -> None:
    with serving(tmp_path, LEADS_POLL_SECONDS="0.2") as running:
        first = running.client.post("/score", json=REQUESTS["en"])
        assert (first.status_code, running.client.get("/readyz").status_code) == (503, 503)
        register_model(model, registry)
        end = time.monotonic() + 20
        while running.client.get("/readyz").status_code != 200:
            assert time.monotonic() < end, running.log
            time.sleep(0.1)
        answers: list[tuple[int, str]] = []
        with ThreadPoolExecutor(1) as pool:
            another = pool.submit(register_model, model, registry, as_champion=True)
            while not another.done() or (answers[-1][1] != "2" and time.monotonic() < end):
                answered = running.client.post("/score", json=REQUESTS["en"])
                answers.append((answered.status_code, answered.json()["model"]["version"]))
        assert {status for status, _ in answers} == {200}
        assert (answers[0][1], answers[-1][1]) == ("1", "2")
        running.stop()


@dataclass
class Session:
    """What is left of a service of two processes that was started, asked all kinds of things, and stopped."""

    statuses: dict[str, int]
    log: list[dict[str, Any]]
    log_text: str
    history: list[str]
    metrics: str


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("session")
    with serving(folder, LEADS_METHOD="rules", LEADS_LOG_LEVEL="debug", LEADS_WORKERS="2") as running:
        _send_nonsense(running)
        statuses = dict(_ask(running))
        for _ in range(40):
            running.client.post("/score", json=REQUESTS["en"])
        metrics = running.client.get("/metrics").text
        running.stop()
        log, text = running.log, running.log_file.read_text(encoding="utf-8")
    store = HistoryStore(f"sqlite:///{folder}/.leads/history.db")
    yield Session(statuses, log, text, [entry.lead_id for entry in store.of_lead("lead-4711", 100)], metrics)
    store.close()


def _send_nonsense(running: Running) -> None:
    url = running.client.base_url
    cut_off = b"POST /score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n{"
    for sent in (b"nonsense\r\n\r\n", cut_off, b"\x16\x03\x01"):
        with socket.create_connection((url.host, url.port or 0)) as connection:
            connection.sendall(sent)


def _ask(running: Running) -> Iterator[tuple[str, int]]:
    body = REQUESTS["ja"] | {"lead": {**REQUESTS["ja"]["lead"], **PERSON}}
    asked: dict[str, Any] = {
        "good": body,
        "unknown part": body | {"Tanaka": "Haruka"},
        "bad time": body | {"as_of": "Haruka"},
        "bad row": body | {"activities": [PERSON]},
    }
    for name, content in asked.items():
        yield name, running.client.post("/score", json=content, headers={"x-request-id": "crm-1"}).status_code
    yield "cut off", running.client.post("/score", content=b'{"lead": "Haruka', headers=JSON).status_code
    yield "huge", running.client.post("/score", content=b" " * 5_000_000, headers=JSON).status_code
    yield "bad page", running.client.get("/leads/Haruka%20Tanaka/scores?limit=Tanaka").status_code
    yield "no path", running.client.get("/Haruka", headers={"authorization": "Bearer haruka.tanaka"}).status_code


def test_nonsense_is_refused_and_survived(session: Session) -> None:
    assert list(session.statuses.values()) == [200, 422, 422, 422, 422, 413, 422, 404]


def test_answers_given_just_before_the_end_are_in_the_history(session: Session) -> None:
    assert len(session.history) == 40


def test_log_is_json_and_tells_each_request(session: Session) -> None:
    first = next(line for line in session.log if line.get("status") == 200 and line["route"] == "/score")
    assert (first["event"], first["request_id"], first["status"], first["level"]) == ("request", "crm-1", 200, "info")


def test_no_personal_data_are_in_the_log(session: Session) -> None:
    assert [secret for secret in SECRETS if secret in session.log_text] == []


def test_processes_count_together(session: Session) -> None:
    assert 'leads_requests_total{method="POST",route="/score",status="200"} 41.0' in session.metrics


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"LEADS_HOST": "0.0.0." + "0"}, "python -m serving key"),
        ({"LEADS_PORT": "many", "LEADS_LANGUAGE": "fr"}, "LEADS_LANGUAGE"),
        ({"LEADS_BANT_FILE": "missing.toml"}, "missing.toml"),
        ({"LEADS_DATABASE_URL": "nonsense"}, "LEADS_DATABASE_URL"),
    ],
)
def test_service_that_cannot_start_says_why(
    settings: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(app, ["serve"], env=settings)
    assert ended.exit_code == 2
    assert told in ended.stderr
    assert isinstance(ended.exception, SystemExit)


def test_key_is_shown_once_and_kept_as_a_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(app, ["key", "--name", "crm", "--scope", "score", "--scope", "outcomes"])
    assert made.exit_code == 0
    [line] = (tmp_path / ".leads" / "keys.jsonl").read_text().splitlines()
    assert json.loads(line)["scopes"] == ["outcomes", "score"]
    assert made.stdout.strip() not in line
    again = CliRunner().invoke(app, ["key", "--name", "crm", "--scope", "score"])
    assert (again.exit_code, "already" in again.stderr) == (2, True)


def test_keys_are_listed_rotated_and_revoked_without_being_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def told(*arguments: str) -> str:
        ended = CliRunner().invoke(app, arguments)
        assert ended.exit_code == 0, ended.output
        return ended.output

    old = told("key", "--name", "crm", "--scope", "score").split()[0]
    told("key", "--name", "ops", "--scope", "admin")
    new = told("key", "--name", "crm", "--rotate", "--old-valid-days", "0").split()[0]
    listed = told("keys")
    assert [line.split()[:2] for line in listed.splitlines()] == [
        ["name", "scopes"],
        ["ops", "admin"],
        ["crm", "score"],
        ["crm", "score"],
    ]
    assert [line.endswith("(expired)") for line in listed.splitlines()[2:]] == [True, False]
    hashes = [json.loads(line)["sha256"] for line in (tmp_path / ".leads" / "keys.jsonl").read_text().splitlines()]
    assert not [secret for secret in (old, new, *hashes) if secret in listed]
    assert "crm is revoked" in told("keys", "--revoke", "crm")
    assert "No key is left" in told("keys", "--revoke", "ops")
    assert told("keys").split() == ["name", "scopes", "created", "expires"]
    refused = CliRunner().invoke(app, ["keys", "--revoke", "crm"])
    assert (refused.exit_code, "no key named 'crm'" in refused.stderr) == (2, True)
    assert CliRunner().invoke(app, ["key", "--name", "crm"]).exit_code == 2


def test_unknown_scope_is_told_with_those_that_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(app, ["key", "--name", "crm", "--scope", "all"], env={"COLUMNS": "200"})
    assert refused.exit_code == 2
    assert "there are score, outcomes, admin" in refused.stderr
