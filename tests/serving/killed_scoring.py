"""Kills the real service while it scores: what it has answered must reach the database, once."""

import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import httpx
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from serving.examples import REQUESTS
from serving.store_tables import SCORES
from tests.serving.process import Running, serving

CALLERS = 4
SECONDS = 60


def answered_before_kills(folder: Path, url: str, kills: int, answers_before_a_kill: int) -> list[str]:
    """Ask for scores from several callers, kill -9 the service in the midst of it, and start it anew, several times.

    Returns
    -------
    list of str
        The ids of the answers that callers have got.
    """
    answered: list[str] = []
    for _ in range(kills):
        with serving(folder, LEADS_DATABASE_URL=url, LEADS_METHOD="rules") as running:
            answered += until_killed(running, answers_before_a_kill)
    return answered


def until_killed(running: Running, answers: int) -> list[str]:
    """Ask for scores until so many were given, then kill -9 the service, and return the ids of those that came."""
    answered: list[str] = []
    numbers = count()

    def ask_until_it_is_gone() -> None:
        for number in numbers:
            try:
                answered.append(score(running, f"lead {number}"))
            except httpx.TransportError:
                return
            if len(answered) >= answers:
                running.process.send_signal(signal.SIGKILL)

    with ThreadPoolExecutor(CALLERS) as pool:
        for caller in [pool.submit(ask_until_it_is_gone) for _ in range(CALLERS)]:
            caller.result()
    running.process.wait(10)
    return answered


def score(running: Running, lead_id: str) -> str:
    """Ask for a score, which must be given, and return its id."""
    body = REQUESTS["en"] | {"lead": {**REQUESTS["en"]["lead"], "lead_id": lead_id}}
    answer = running.client.post("/score", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["score_id"])


def stored_ids(url: str, at_least: int) -> list[str]:
    """Return the ids of all answers in the database, once there are as many as expected."""
    until = time.monotonic() + SECONDS
    while True:
        ids = _stored_ids(url)
        if len(ids) >= at_least or time.monotonic() > until:
            return ids
        time.sleep(0.1)


def workers(running: Running) -> list[int]:
    """Return the processes that answer, where a service has several."""
    pid = running.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def closed_port() -> int:
    """Return a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def files(folder: Path) -> Iterator[Path]:
    """Yield what a spool has left."""
    return (path for path in folder.rglob("*") if path.is_file())


def _stored_ids(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return list(connection.execute(select(SCORES.c.score_id)).scalars())
    except SQLAlchemyError:
        return []
    finally:
        engine.dispose()
