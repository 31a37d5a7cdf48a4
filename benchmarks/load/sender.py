"""Sends requests at a constant rate: ``python -m benchmarks.load.sender PORT RATE SECONDS SLICE``.

A request is due when the clock says so, whether or not those before it were answered, and its answer's time counts
from then: a service that falls behind is seen to. With a rate of 0 it sends as many as are answered.
"""

import json
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from selectors import EVENT_READ, DefaultSelector
from typing import Any, Final

import numpy as np
import typer

from benchmarks.serving.bodies import as_http, lead_body
from benchmarks.serving.connection import Connection, WrongAnswerError

CONNECTIONS: Final = 16
_LATEST_SECONDS: Final = 0.5


@dataclass(frozen=True)
class Slice:
    """What a stretch of time has brought.

    Attributes
    ----------
    answers, failed : int
        Requests that were answered with 200, and those that were not.
    p50_ms, p99_ms : float
        From when a request was due to its answer.
    seconds : float
        How long it was.
    """

    answers: int
    failed: int
    p50_ms: float
    p99_ms: float
    seconds: float


@dataclass
class Sending:
    """Requests under way.

    Attributes
    ----------
    port : int
        On loopback.
    """

    port: int
    milliseconds: list[float] = field(default_factory=list)
    failed: int = 0

    def __post_init__(self) -> None:
        as_of = datetime.now(UTC).replace(microsecond=0)
        self._selector = DefaultSelector()
        self._due: dict[Connection, float] = {}
        self._requests: dict[Connection, bytes] = {}
        self._idle: deque[Connection] = deque()
        for number in range(CONNECTIONS):
            body: dict[str, Any] = lead_body(as_of)
            body["lead"]["lead_id"] = f"load-{number}"
            self._open(as_http("/score", body))

    @property
    def is_full(self) -> bool:
        """Whether every connection waits for an answer."""
        return not self._idle

    def send(self, due: float) -> None:
        """Send a request that was due at an instant."""
        connection = self._idle.popleft()
        self._due[connection] = due
        try:
            connection.send()
        except OSError:
            self._replace(connection)

    def receive(self, seconds: float) -> None:
        """Take the answers that come within a time, or at least one of them."""
        for key, _ in self._selector.select(max(0.0, seconds)):
            connection: Connection = key.data
            try:
                connection.receive()
            except (OSError, WrongAnswerError):
                self._replace(connection)
            else:
                self.milliseconds.append(1000 * (time.perf_counter() - self._due[connection]))
                self._idle.append(connection)

    def cut(self, seconds: float) -> Slice:
        """Return what came since the last time."""
        times, failed = np.array(self.milliseconds or [np.nan]), self.failed
        answers = len(self.milliseconds)
        self.milliseconds, self.failed = [], 0
        p50_ms, p99_ms = (float(np.percentile(times, share)) for share in (50, 99))
        return Slice(answers, failed, p50_ms, p99_ms, seconds)

    def _open(self, request: bytes) -> None:
        connection = Connection(self.port, request)
        self._requests[connection] = request
        self._selector.register(connection, EVENT_READ, connection)
        self._idle.append(connection)

    def _replace(self, connection: Connection) -> None:
        self.failed += 1
        self._selector.unregister(connection)
        connection.__exit__()
        self._open(self._requests.pop(connection))


def sent(port: int, rate: float, seconds: float, slice_seconds: float) -> Iterator[Slice]:
    """Send at a rate, or as many as are answered where it is 0; yield what each slice of the time has brought."""
    sending, start = Sending(port), time.perf_counter()
    due, cut, end = start, start, start + seconds
    while (now := time.perf_counter()) < end:
        while due <= now and not sending.is_full:
            sending.send(due if rate else now)
            due = due + 1 / rate if rate else now
        sending.receive(min(due - now, _LATEST_SECONDS) if rate and not sending.is_full else _LATEST_SECONDS)
        if now - cut >= slice_seconds:
            yield sending.cut(now - cut)
            cut = now
    yield sending.cut(time.perf_counter() - cut)


def main(port: int, rate: float, seconds: float, slice_seconds: float) -> None:
    """Send, and print what each slice has brought as a line of JSON."""
    for brought in sent(port, rate, seconds, slice_seconds):
        print(json.dumps(asdict(brought)), flush=True)


if __name__ == "__main__":
    typer.run(main)
