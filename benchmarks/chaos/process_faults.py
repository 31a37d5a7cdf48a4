"""Processes of the service are killed, or asked to end."""

import json
import os
import signal
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any, Final

from benchmarks.chaos.crowd import CLIENTS, Crowd, wait_until
from benchmarks.chaos.fault import Fault, Seen
from benchmarks.chaos.kept import kept
from benchmarks.chaos.question import Question
from benchmarks.chaos.service import Service
from benchmarks.chaos.stage import Stage

_WAIT_SECONDS: Final = 15.0
_DELIVERY_SECONDS: Final = 45.0
_WORKERS: Final = 2
_BATCHES: Final = 4
_LEADS: Final = 150
_UNDER_WAY_SECONDS: Final = 0.15
_IN_FLIGHT: Final = "those in flight, at most one a connection; clients ask again"


def worker_killed(stage: Stage) -> Seen:
    """Kill a worker of two, and see that another takes its place."""
    with stage.service(LEADS_WORKERS=str(_WORKERS)) as service:
        with Crowd(service.port, stage.question()) as crowd:
            crowd.wait_for_answers(200, _WAIT_SECONDS)
            killed = service.busiest_worker
            os.kill(killed, signal.SIGKILL)
            crowd.wait_for_answers(200, _WAIT_SECONDS)
            is_replaced = wait_until(lambda: _is_replaced(service, killed), _WAIT_SECONDS)
            crowd.wait_for_answers(400, _WAIT_SECONDS)
        seen = Seen.of(crowd.tally, kept(stage.database, crowd.tally.acknowledged, _DELIVERY_SECONDS))
    seen.expect(is_so=is_replaced, otherwise="no worker took the killed one's place")
    seen.unmet += service.faults()
    return seen


def killed(stage: Stage) -> Seen:
    """Kill every process of the service, and start it again."""
    with stage.service() as service:
        with Crowd(service.port, stage.question()) as crowd:
            crowd.wait_for_answers(200, _WAIT_SECONDS)
            service.kill()
            service.start()
            crowd.wait_for_answers(200, _WAIT_SECONDS)
        seen = Seen.of(crowd.tally, kept(stage.database, crowd.tally.acknowledged, _DELIVERY_SECONDS), in_order=True)
    seen.unmet += service.faults()
    return seen


def terminated(stage: Stage) -> Seen:
    """Ask the service to end while batches are being scored; what was sent before must be answered."""
    question = stage.question()
    with stage.service() as service, ThreadPoolExecutor(_BATCHES) as pool:
        with Crowd(service.port, question) as crowd:
            crowd.wait_for_answers(200, _WAIT_SECONDS)
            batches = [pool.submit(_batch, service.port, question, number) for number in range(_BATCHES)]
            time.sleep(_UNDER_WAY_SECONDS)
            under_way = sum(not batch.done() for batch in batches)
            asked_at = time.monotonic()
            exit_code = service.terminate()
            seconds = time.monotonic() - asked_at
        tally = crowd.tally
        for acknowledged in [batch.result() for batch in batches]:
            tally.sent += 1
            tally.acknowledged |= acknowledged
            tally.failures += [] if acknowledged else [(0.0, "a batch was not answered")]
        # Whoever asks a service that has been told to end may find it gone.
        tally.failures = [failure for failure in tally.failures if failure[0] < asked_at]
        seen = Seen.of(tally, kept(stage.database, tally.acknowledged, 0.0))
    seen.expect(is_so=exit_code == 0, otherwise=f"ended with exit code {exit_code}")
    seen.expect(is_so=under_way > 0, otherwise="no batch was under way when it was asked to end")
    seen.notes.append(f"ended {seconds:.1f} s after it was asked to, {under_way} batches under way")
    seen.unmet += service.faults()
    return seen


def _batch(port: int, question: Question, number: int) -> Mapping[str, str]:
    """Score many leads at once; return the answers' ids by the lead, none where it failed."""
    lead_ids = [f"batch-{number}-{place}" for place in range(_LEADS)]
    content = b'{"leads": [' + b",".join(map(question.content, lead_ids)) + b"]}"
    connection = HTTPConnection("127.0.0.1", port, timeout=_DELIVERY_SECONDS)
    try:
        connection.request("POST", "/score/batch", content, {"content-type": "application/json"})
        answer = connection.getresponse()
        results: list[dict[str, Any]] = json.loads(answer.read())["results"] if answer.status == HTTPStatus.OK else []
    except (OSError, HTTPException):
        return {}
    finally:
        connection.close()
    return {result["lead_id"]: result["score_id"] for result in results}


def _is_replaced(service: Service, killed: int) -> bool:
    alive = service.workers
    return len(alive) == _WORKERS and killed not in alive


FAULTS: Final = (
    Fault("worker-killed", f"kill -9 of a worker of {_WORKERS}", worker_killed, _IN_FLIGHT, CLIENTS),
    Fault("killed", "kill -9 of the service, then a start", killed, _IN_FLIGHT, CLIENTS),
    Fault("sigterm", "SIGTERM", terminated, "those sent after it, not counted"),
)
