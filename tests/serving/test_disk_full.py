"""A real service, and its commands, where the disk of the database and of the spool fills up."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from typer.testing import CliRunner

from serving.__main__ import app
from serving.prepared_store import prepare_store
from tests.serving.killed_scoring import score, stored_ids
from tests.serving.killed_service import stored_leads
from tests.serving.process import Running, serving
from tests.small_disk import SmallDisk, small_disk

REPORTS = 60


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", 8) as mounted:
        yield mounted


@pytest.fixture
def url(disk: SmallDisk) -> str:
    return f"sqlite:///{disk.folder}/history.db"


@pytest.fixture
def running(tmp_path: Path, disk: SmallDisk, url: str) -> Iterator[Running]:
    places = {"LEADS_SPOOL_FOLDER": f"{disk.folder}/spool", "LEADS_MODEL_CACHE": f"{disk.folder}/models"}
    with serving(tmp_path, LEADS_METHOD="rules", LEADS_DATABASE_URL=url, **places) as service:
        yield service
        service.stop()
        assert not [line for line in service.log if "exception" in line or line["level"] == "critical"]


def report(running: Running, lead_id: str) -> int:
    body = {"lead_id": lead_id, "outcome": "lost", "closed_at": "2026-01-02T03:04:05Z", "lost_reason": "x" * 100}
    answered = running.client.post("/outcomes", json=body)
    if answered.status_code == 503:
        assert answered.json()["type"].endswith("store-away")
        assert answered.headers["retry-after"]
    return answered.status_code


def is_sound(disk: SmallDisk) -> bool:
    with sqlite3.connect(disk.folder / "history.db") as database:
        return database.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_outcome_is_refused_or_kept_and_taken_once_there_is_room(running: Running, disk: SmallDisk, url: str) -> None:
    names = [f"lead {number}" for number in range(REPORTS)]
    assert {report(running, name) for name in names[:5]} == {201}
    disk.fill()
    told = {name: report(running, name) for name in names[5:]}
    assert set(told.values()) <= {201, 503}
    refused = [name for name, status in told.items() if status == 503]
    assert refused, "the disk was full"
    disk.clear()
    assert stored_leads(url, names) == set(names) - set(refused)
    assert {report(running, name) for name in refused} == {201}
    assert stored_leads(url, names) == set(names)
    assert is_sound(disk)


def test_scores_are_given_all_the_time_and_reach_the_history_once_there_is_room(
    running: Running, disk: SmallDisk, url: str
) -> None:
    answered = [score(running, f"before {number}") for number in range(20)]
    assert len(stored_ids(url, 20)) == 20
    disk.fill()
    answered += [score(running, f"full {number}") for number in range(200)]
    assert running.client.get("/healthz").status_code == 200
    disk.clear()
    answered += [score(running, f"after {number}") for number in range(20)]
    assert sorted(stored_ids(url, 240)) == sorted(answered)
    assert is_sound(disk)
    assert "leads_history_dropped_total 0.0" in running.client.get("/metrics").text


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = create_engine(url)
    yield made
    made.dispose()


def test_load_of_outcomes_that_finds_no_room_says_so_and_can_be_repeated(
    disk: SmallDisk, url: str, engine: Engine, crm: Path
) -> None:
    prepare_store(engine)
    engine.dispose()
    disk.fill()
    settings = {"LEADS_DATABASE_URL": url}
    refused = CliRunner().invoke(app, ["outcomes", str(crm)], env=settings)
    assert refused.exit_code == 3
    assert "does not answer" in refused.stderr
    disk.clear()
    done = CliRunner().invoke(app, ["outcomes", str(crm)], env=settings)
    assert done.exit_code == 0, done.output
    assert "contradictions 0" in done.stderr
    assert is_sound(disk)
