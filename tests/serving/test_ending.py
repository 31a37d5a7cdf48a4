"""The service is told to stop while it is at work."""

import signal
import time
from pathlib import Path

import httpx
import pytest

from serving.answer_models import Problem
from serving.examples import REQUESTS
from tests.serving.killed_scoring import files, score, stored_ids
from tests.serving.process import Running, serving
from tests.serving.wire import BODY, answered, connected, head


def wait_until_draining(running: Running, workers: int) -> None:
    until = time.monotonic() + 8
    while [line["event"] for line in running.log].count("Shutting down") < workers and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.1)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_requests_in_flight_are_answered_and_remembered(tmp_path: Path, workers: str) -> None:
    url = f"sqlite:///{tmp_path}/.leads/history.db"
    with serving(tmp_path, LEADS_METHOD="rules", LEADS_WORKERS=workers) as running:
        ids = [score(running, f"lead {number}") for number in range(20)]
        with connected(running) as connection:
            connection.sendall(head() + BODY[:50])
            time.sleep(0.3)
            running.process.send_signal(signal.SIGTERM)
            wait_until_draining(running, int(workers))
            connection.sendall(BODY[50:])
            status, headers, answer = answered(connection)
        assert (status, headers["connection"]) == (200, "close")
        assert running.process.wait(15) == 0
        assert not {line["level"] for line in running.log} & {"error", "critical"}
    assert sorted(stored_ids(url, 21)) == sorted([*ids, answer["score_id"]])
    assert not list(files(tmp_path / ".leads" / "spool"))


def test_load_balancer_is_told_before_the_service_goes(tmp_path: Path) -> None:
    with serving(tmp_path, LEADS_METHOD="rules", LEADS_NOTICE_SECONDS="1.5") as running:
        assert running.client.get("/readyz").status_code == 200
        running.process.send_signal(signal.SIGTERM)
        told, until = running.client.get("/readyz"), time.monotonic() + 1
        while told.status_code == 200 and time.monotonic() < until:
            told = running.client.get("/readyz")
        assert (told.status_code, Problem.model_validate(told.json()).type[-6:]) == (503, "ending")
        scored = running.client.post("/score", json=REQUESTS["en"])
        assert (scored.status_code, scored.headers["connection"]) == (200, "close")
        assert running.client.get("/healthz").status_code == 200
        assert running.process.wait(15) == 0
        with pytest.raises(httpx.TransportError, match="refused"):
            running.client.get("/healthz")


def test_second_signal_ends_the_notice(tmp_path: Path) -> None:
    with serving(tmp_path, LEADS_METHOD="rules", LEADS_NOTICE_SECONDS="60") as running:
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        running.stop()


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    with serving(tmp_path, LEADS_METHOD="rules", LEADS_WORKERS="2") as running:
        running.process.kill()
        running.process.wait()
        until = time.monotonic() + 15
        while is_answered(running) and time.monotonic() < until:
            time.sleep(0.1)
        assert not is_answered(running)


def is_answered(running: Running) -> bool:
    try:
        return httpx.get(running.client.base_url.join("/healthz")).is_success
    except httpx.TransportError:
        return False
