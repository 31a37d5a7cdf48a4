import os
import resource
import signal
import time
from pathlib import Path

from sqlalchemy import make_url

from tests.serving.killed_scoring import (
    answered_before_kills,
    closed_port,
    files,
    score,
    stored_ids,
    until_killed,
    workers,
)
from tests.serving.process import serving

KILLS, ANSWERS = 3, 200


def test_no_answer_is_missing_in_the_history_and_none_is_doubled(history_url: str, tmp_path: Path) -> None:
    answered = answered_before_kills(tmp_path, history_url, KILLS, ANSWERS)
    assert len(answered) == len(set(answered)) >= KILLS * ANSWERS
    with serving(tmp_path, LEADS_DATABASE_URL=history_url, LEADS_METHOD="rules") as running:
        stored = stored_ids(history_url, len(answered))
        running.stop()
    assert set(answered) <= set(stored)
    assert len(stored) == len(set(stored))
    assert not list(files(tmp_path / ".leads" / "spool"))


def test_answers_given_while_the_database_is_away_outlive_a_kill(postgres_url: str, tmp_path: Path) -> None:
    away = make_url(postgres_url).set(port=closed_port()).render_as_string(hide_password=False)
    with serving(tmp_path, LEADS_DATABASE_URL=away, LEADS_METHOD="rules") as running:
        answered = until_killed(running, ANSWERS)
    with serving(tmp_path, LEADS_DATABASE_URL=postgres_url, LEADS_METHOD="rules") as running:
        stored = stored_ids(postgres_url, len(answered))
        [adopted] = [line["answers"] for line in running.log if line["event"] == "spool_adopted"]
        running.stop()
    assert set(answered) <= set(stored)
    assert len(stored) == adopted, "those whose answer was cut off are there as well"


def test_answers_for_another_database_are_left_alone_and_told(history_url: str, tmp_path: Path) -> None:
    away = f"postgresql+psycopg://postgres@127.0.0.1:{closed_port()}/another"
    with serving(tmp_path, LEADS_DATABASE_URL=away, LEADS_METHOD="rules") as running:
        until_killed(running, 20)
    left = list(files(tmp_path / ".leads" / "spool"))
    with serving(tmp_path, LEADS_DATABASE_URL=history_url, LEADS_METHOD="rules") as running:
        asked = score(running, "one")
        assert stored_ids(history_url, 1) == [asked]
        assert [line["files"] for line in running.log if line["event"] == "spool_of_another_database"] == [len(left)]
        running.stop()
    assert list(files(tmp_path / ".leads" / "spool")) == left


def test_another_process_delivers_what_a_killed_one_has_left(postgres_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, LEADS_DATABASE_URL=postgres_url, LEADS_METHOD="rules", LEADS_WORKERS="2") as running:
        answered = [score(running, f"lead {number}") for number in range(100)]
        for worker in workers(running):
            os.kill(worker, signal.SIGKILL)
        stored = stored_ids(postgres_url, len(answered))
        assert sorted(answered) == sorted(stored)
        running.stop()


def test_full_disk_stops_neither_answers_nor_the_history(postgres_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, LEADS_DATABASE_URL=postgres_url, LEADS_METHOD="rules") as running:
        answered = [score(running, "before")]
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        answered += [score(running, f"full {number}") for number in range(50)]
        assert sorted(stored_ids(postgres_url, 51)) == sorted(answered)
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        answered += [score(running, f"after {number}") for number in range(50)]
        os.kill(running.process.pid, signal.SIGKILL)
    with serving(tmp_path, LEADS_DATABASE_URL=postgres_url, LEADS_METHOD="rules") as running:
        assert sorted(stored_ids(postgres_url, 101)) == sorted(answered)
        running.stop()


def test_no_answer_waits_longer_than_it_takes_to_write_it(tmp_path: Path) -> None:
    """A spool that kept a delivered answer would keep the lead's id."""
    with serving(tmp_path, LEADS_METHOD="rules") as running:
        score(running, "one")
        until = time.monotonic() + 10
        while list(files(tmp_path / ".leads" / "spool")) and time.monotonic() < until:
            time.sleep(0.05)
        assert not list(files(tmp_path / ".leads" / "spool"))
        assert "leads_history_spool_bytes 0.0" in running.client.get("/metrics").text
        running.stop()
        assert not list((tmp_path / ".leads" / "spool").glob("*/*"))
