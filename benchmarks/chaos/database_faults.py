"""The database is away, and the service ends meanwhile or does not."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import make_url

from benchmarks.chaos.crowd import CLIENTS, Crowd, wait_until
from benchmarks.chaos.cut_line import CutLine
from benchmarks.chaos.fault import Fault, Seen
from benchmarks.chaos.kept import kept
from benchmarks.chaos.own_database import address
from benchmarks.chaos.service import Service
from benchmarks.chaos.stage import Stage

_LONG_SECONDS: Final = 20.0
_SHORT_SECONDS: Final = 3.0
_WAIT_SECONDS: Final = 15.0
_DELIVERY_SECONDS: Final = 45.0
_WAITING: Final = "leads_history_waiting"
_SIGTERM: Final = "those sent after SIGTERM, at most one a connection"
_RESTART: Final = "those in flight when it ends, at most one a connection"


def away(stage: Stage) -> Seen:
    """Cut the line to the database for a while."""
    with _behind_a_line(stage) as (line, service):
        with Crowd(service.port, stage.question()) as crowd:
            crowd.wait_for_answers(100, _WAIT_SECONDS)
            line.cut()
            time.sleep(_LONG_SECONDS)
            is_ready, waiting = service.is_ready, service.metric(_WAITING)
            line.mend()
            crowd.wait_for_answers(100, _WAIT_SECONDS)
        seen = Seen.of(crowd.tally, kept(stage.database, crowd.tally.acknowledged, _DELIVERY_SECONDS), in_order=True)
    seen.expect(is_so=is_ready, otherwise="not ready while the database was away")
    seen.expect(is_so=waiting > 0, otherwise="no answers were said to wait")
    seen.notes.append(f"{waiting:,.0f} answers waited")
    seen.unmet += service.faults()
    return seen


def away_and_terminated(stage: Stage) -> Seen:
    """Restart the service with SIGTERM before the database is back; what was sent before must be answered."""
    seen, ended_at = _restarted(stage, lambda service: service.terminate())
    unanswered = sum(sent_at < ended_at for sent_at, _ in seen.tally.failures)
    seen.expect(is_so=not unanswered, otherwise=f"{unanswered} requests from before SIGTERM were not answered")
    return seen


def away_and_killed(stage: Stage) -> Seen:
    """Kill the service and start it before the database is back."""
    seen, _ = _restarted(stage, lambda service: service.kill())
    return seen


def away_and_worker_killed(stage: Stage) -> Seen:
    """Kill one of two workers before the database is back: what it left must be delivered by who lives."""
    with _behind_a_line(stage, LEADS_WORKERS="2") as (line, service):
        with Crowd(service.port, stage.question()) as crowd:
            crowd.wait_for_answers(100, _WAIT_SECONDS)
            line.cut()
            time.sleep(_SHORT_SECONDS)
            waited = wait_until(lambda: service.metric(_WAITING) > 0, _WAIT_SECONDS)
            os.kill(service.busiest_worker, signal.SIGKILL)
            time.sleep(_SHORT_SECONDS)
            line.mend()
            crowd.wait_for_answers(100, _WAIT_SECONDS)
        seen = Seen.of(crowd.tally, kept(stage.database, crowd.tally.acknowledged, _DELIVERY_SECONDS))
        is_none_left = wait_until(lambda: service.metric(_WAITING) == 0, _WAIT_SECONDS)
    seen.expect(is_so=waited, otherwise="no answers were said to wait")
    seen.expect(is_so=is_none_left, otherwise="answers are said to wait although all are delivered")
    seen.unmet += service.faults()
    return seen


def _restarted(stage: Stage, end: Callable[[Service], object]) -> tuple[Seen, float]:
    """Return what came of it, and when the service was told to end."""
    with _behind_a_line(stage) as (line, service):
        with Crowd(service.port, stage.question()) as crowd:
            crowd.wait_for_answers(100, _WAIT_SECONDS)
            line.cut()
            time.sleep(_SHORT_SECONDS)
            ended_at = time.monotonic()
            end(service)
            began = time.monotonic()
            service.start()
            seconds = time.monotonic() - began
            crowd.wait_for_answers(100, _WAIT_SECONDS)
            line.mend()
            crowd.wait_for_answers(100, _WAIT_SECONDS)
        seen = Seen.of(crowd.tally, kept(stage.database, crowd.tally.acknowledged, _DELIVERY_SECONDS), in_order=True)
    seen.notes.append(f"ready {seconds:.1f} s after it was started")
    seen.unmet += service.faults()
    return seen, ended_at


@contextmanager
def _behind_a_line(stage: Stage, **settings: str) -> Iterator[tuple[CutLine, Service]]:
    server = make_url(stage.database)
    with CutLine(server.host or "127.0.0.1", server.port or 5432) as line:
        near = address(server.set(host="127.0.0.1", port=line.port))
        with stage.service(LEADS_DATABASE_URL=near, **settings) as service:
            yield line, service


FAULTS: Final = (
    Fault("database-away", f"database away for {_LONG_SECONDS:g} s", away),
    Fault("database-away-sigterm", "database away, service restarted", away_and_terminated, _SIGTERM, CLIENTS),
    Fault("database-away-kill", "database away, kill -9 of the service", away_and_killed, _RESTART, CLIENTS),
    Fault("database-away-worker", "database away, kill -9 of a worker of 2", away_and_worker_killed, _RESTART, CLIENTS),
)
