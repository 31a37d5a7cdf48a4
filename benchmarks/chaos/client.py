"""A client that behaves as a CRM's would: it keeps its connection, and connects again when that was closed."""

import json
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from select import select
from threading import Event
from typing import Final

from benchmarks.chaos.question import Question
from benchmarks.chaos.tally import Tally

_TIMEOUT_SECONDS: Final = 30
_RECONNECT_SECONDS: Final = 0.05
_PROBLEM: Final = "application/problem+json"


class Client:
    """Asks about new leads until it is told to stop, and checks every answer.

    Parameters
    ----------
    port : int
        On loopback.
    question : Question
        What is asked.
    lead_ids : iterator of str
        A new one for each request; may be shared by clients.
    pause_seconds : float
        Between two requests.
    body_seconds : float
        Between the two halves of a body.
    """

    def __init__(
        self, port: int, question: Question, lead_ids: Iterator[str], pause_seconds: float, body_seconds: float = 0.0
    ) -> None:
        self.tally = Tally()
        self._question = question
        self._lead_ids = lead_ids
        self._pause_seconds = pause_seconds
        self._body_seconds = body_seconds
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)

    def run(self, ended: Event) -> None:
        """Ask until the end."""
        while not ended.is_set():
            if self._connected():
                self._ask(next(self._lead_ids))
                ended.wait(self._pause_seconds)
            else:
                ended.wait(_RECONNECT_SECONDS)
        self._connection.close()

    def _connected(self) -> bool:
        """Connect where that is needed; a connection that the server has closed is not used for a request."""
        if self._connection.sock is not None and select([self._connection.sock], [], [], 0)[0]:
            self._connection.close()
        if self._connection.sock is None:
            try:
                self._connection.connect()
            except OSError:
                self._connection.close()
                return False
        return True

    def _ask(self, lead_id: str) -> None:
        self.tally.sent += 1
        sent_at = time.monotonic()
        try:
            answer = self._exchanged(self._question.content(lead_id))
            content = answer.read()
        except (OSError, HTTPException) as error:
            self._connection.close()
            self.tally.failures.append((sent_at, type(error).__name__))
            return
        if answer.status == HTTPStatus.OK:
            self._take(lead_id, content, time.monotonic() - sent_at)
        elif answer.status in self._question.refusals and _tells_what_to_do(answer):
            self.tally.refused += 1
        else:
            self.tally.failures.append((sent_at, f"status {answer.status}"))

    def _exchanged(self, content: bytes) -> HTTPResponse:
        connection = self._connection
        connection.putrequest("POST", "/score")
        headers = {"content-type": "application/json", "content-length": str(len(content)), **self._question.headers}
        for name, value in headers.items():
            connection.putheader(name, value)
        if self._body_seconds:
            half = len(content) // 2
            connection.endheaders(content[:half])
            time.sleep(self._body_seconds)
            connection.send(content[half:])
        else:
            connection.endheaders(content)
        return connection.getresponse()

    def _take(self, lead_id: str, content: bytes, seconds: float) -> None:
        answer = json.loads(content)
        self.tally.wrong += self._question.faults(lead_id, answer)
        self.tally.acknowledged[lead_id] = answer["score_id"]
        self.tally.versions[answer["model"]["version"]] += 1
        self.tally.seconds.append(seconds)


def _tells_what_to_do(answer: HTTPResponse) -> bool:
    """Tell whether a refusal is a problem that says when to come again."""
    is_problem = answer.headers.get_content_type() == _PROBLEM
    return is_problem and (answer.headers.get("retry-after") or "").isdecimal()
