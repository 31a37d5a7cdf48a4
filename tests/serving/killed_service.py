"""Kills the real service right after it has answered, again and again: what it acknowledged must be there."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import httpx

from serving.outcome_store import OutcomeStore
from tests.serving.process import Running, serving

CALLERS = 4


def acknowledged_before_kills(folder: Path, url: str, kills: int, reports_before_a_kill: int) -> list[str]:
    """Report outcomes from several callers, kill -9 the service right after a 201, and start it anew, several times.

    Parameters
    ----------
    folder : pathlib.Path
        Where the service runs.
    url : str
        Of its database.
    kills : int
        How often.
    reports_before_a_kill : int
        How many of them are acknowledged, at least, before it is killed.

    Returns
    -------
    list of str
        The leads whose outcome was acknowledged with 201, in the order of the answers.
    """
    numbers = count()
    acknowledged: list[str] = []
    for _ in range(kills):
        with serving(folder, LEADS_DATABASE_URL=url, LEADS_METHOD="rules") as running:
            acknowledged += _until_killed(running, numbers, reports_before_a_kill)
    return acknowledged


def stored_leads(url: str, lead_ids: list[str]) -> set[str]:
    """Return which of the leads have an outcome in the database."""
    store = OutcomeStore(url)
    try:
        return set(store.all_of(lead_ids))
    finally:
        store.close()


def _until_killed(running: Running, numbers: Iterator[int], reports: int) -> list[str]:
    acknowledged: list[str] = []

    def report_until_it_is_gone() -> None:
        for number in numbers:
            lead_id = f"lead {number}"
            report = {"lead_id": lead_id, "outcome": "won", "closed_at": "2024-05-06T07:08:09Z", "amount": number}
            try:
                answered = running.client.post("/outcomes", json=report)
            except httpx.TransportError:
                return
            assert answered.status_code == 201, answered.text
            acknowledged.append(lead_id)
            if len(acknowledged) >= reports:
                running.process.send_signal(signal.SIGKILL)

    with ThreadPoolExecutor(CALLERS) as pool:
        for caller in [pool.submit(report_until_it_is_gone) for _ in range(CALLERS)]:
            caller.result()
    running.process.wait(10)
    return acknowledged
