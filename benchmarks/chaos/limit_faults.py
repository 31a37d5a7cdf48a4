"""More is asked than the service was told to do."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import Final

from benchmarks.chaos.crowd import Crowd, Manner
from benchmarks.chaos.fault import Fault, Seen
from benchmarks.chaos.kept import kept
from benchmarks.chaos.question import Question
from benchmarks.chaos.service import Service
from benchmarks.chaos.stage import Stage
from benchmarks.chaos.tally import Tally

_AT_ONCE: Final = 4
_MANY: Final = 32
_BUSY_SECONDS: Final = 5.0
_A_MINUTE: Final = 300
_RATE_SECONDS: Final = 6.0
_LARGE: Final = 40
_MAX_BYTES: Final = 20_000
_WAIT_SECONDS: Final = 15.0
_DELIVERY_SECONDS: Final = 20.0
_BUSY, _TOO_MANY, _TOO_LARGE = 503, 429, 413


def too_many_at_once(stage: Stage) -> Seen:
    """Ask over more connections than may be answered at once, with bodies that take a moment to arrive."""
    question = stage.question(refusals=frozenset({_BUSY}))
    with stage.service(LEADS_MAX_CONCURRENT=str(_AT_ONCE)) as service:
        with Crowd(service.port, question, Manner(_MANY, pause_seconds=0.02, body_seconds=0.02)) as crowd:
            time.sleep(_BUSY_SECONDS)
        with Crowd(service.port, stage.question(), Manner(clients=_AT_ONCE)) as few:
            few.wait_for_answers(50, _WAIT_SECONDS)
        seen = _seen(stage, service, crowd.tally, few.tally)
    seen.expect(is_so=crowd.tally.refused > 0, otherwise="nobody was refused")
    return seen


def too_often(stage: Stage) -> Seen:
    """Ask by one key more often than it may, and by another as often as it may."""
    greedy, modest = _key(stage, "greedy"), _key(stage, "modest")
    with stage.service(LEADS_REQUESTS_PER_MINUTE=str(_A_MINUTE)) as service:
        often = stage.question(headers={"authorization": f"Bearer {greedy}"}, refusals=frozenset({_TOO_MANY}))
        seldom = stage.question(headers={"authorization": f"Bearer {modest}"})
        began = time.monotonic()
        with Crowd(service.port, often) as crowd, Crowd(service.port, seldom, Manner(1, 0.5)) as others:
            time.sleep(_RATE_SECONDS)
        minutes = (time.monotonic() - began) / 60
        seen = _seen(stage, service, crowd.tally, others.tally)
    answered, most = len(crowd.tally.acknowledged), _A_MINUTE * (1 + minutes) + 1
    seen.expect(is_so=answered <= most, otherwise=f"{answered} answers to one key where {most:.0f} may be")
    seen.expect(is_so=crowd.tally.refused > 0, otherwise="nobody was refused")
    seen.notes.append(f"{answered} answers to one key, {len(others.tally.acknowledged)} to the other")
    return seen


def too_large(stage: Stage) -> Seen:
    """Send bodies that are too large, some without telling their length first."""
    question = stage.question()
    with stage.service(LEADS_MAX_BODY_BYTES=str(_MAX_BYTES)) as service, ThreadPoolExecutor(4) as pool:
        with Crowd(service.port, question) as crowd:
            statuses = list(pool.map(lambda number: _send_large(service, question, number), range(_LARGE)))
            crowd.wait_for_answers(100, _WAIT_SECONDS)
        seen = _seen(stage, service, crowd.tally)
    refused = statuses.count(_TOO_LARGE)
    seen.tally.sent += _LARGE
    seen.tally.refused += refused
    others = sorted({status for status in statuses if status != _TOO_LARGE})
    seen.expect(is_so=not others, otherwise=f"{refused} of {_LARGE} were answered 413, others {others}")
    return seen


def _send_large(service: Service, question: Question, number: int) -> int:
    """Return the status, 0 where there is no answer."""
    content = question.content(f"large-{number}").ljust(3 * _MAX_BYTES)
    pieces = [content[start : start + 4096] for start in range(0, len(content), 4096)]
    body = content if number % 2 else iter(pieces)
    connection = HTTPConnection("127.0.0.1", service.port, timeout=_WAIT_SECONDS)
    try:
        with suppress(ConnectionError):  # the answer may be there before all is sent
            connection.request("POST", "/score", body, {"content-type": "application/json"})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def _key(stage: Stage, name: str) -> str:
    command = [sys.executable, "-m", "serving", "key", "--name", name, "--scope", "score"]
    settings = {"PYTHONPATH": ":".join(sys.path), "LEADS_KEYS_FILE": str(stage.folder / ".leads" / "keys.jsonl")}
    made = subprocess.run(command, cwd=stage.folder, env=settings, capture_output=True, text=True, check=True)
    return made.stdout.strip()


def _seen(stage: Stage, service: Service, *tallies: Tally) -> Seen:
    tally = Tally.of(tallies)
    seen = Seen.of(tally, kept(stage.database, tally.acknowledged, _DELIVERY_SECONDS))
    seen.unmet += service.faults()
    return seen


FAULTS: Final = (
    Fault("too-many", f"{_MANY} at once where {_AT_ONCE} may", too_many_at_once, "503 with Retry-After"),
    Fault("too-often", f"{_A_MINUTE} a minute and a key", too_often, "429 with Retry-After"),
    Fault("too-large", f"bodies above {_MAX_BYTES:,} bytes", too_large, "413, then the connection is closed"),
)
