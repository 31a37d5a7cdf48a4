"""Callers that report outcomes and ask for scores until the service is gone, and go on when it is back."""

import json
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Any, Final

from serving.examples import REQUESTS

_CALLERS: Final = 3
_TIMEOUT_SECONDS: Final = 30
_CLOSED_AT: Final = "2026-05-06T07:08:09Z"


class Callers:
    """Reports outcomes, each again until it is acknowledged, and asks for scores of other leads.

    Attributes
    ----------
    outcomes : dict of str to int
        The amounts that were acknowledged, by the lead.
    scores : dict of str to str
        The ids of the answers that were acknowledged, by the lead.
    refused : list of str
        What was answered otherwise.
    """

    def __init__(self) -> None:
        self.outcomes: dict[str, int] = {}
        self.scores: dict[str, str] = {}
        self.refused: list[str] = []
        self._amounts = count()
        self._leads = count()
        self._unacknowledged: deque[int] = deque()

    def begin(self, port: int, pool: ThreadPoolExecutor) -> list[Future[None]]:
        """Let several of each kind call until the service is gone."""
        kinds = (self._report, self._ask)
        return [pool.submit(_until_gone, port, kind) for kind in kinds for _ in range(_CALLERS)]

    def _report(self, connection: HTTPConnection) -> None:
        """Report an outcome: first one that got no answer from the service that was killed."""
        amount = self._unacknowledged.popleft() if self._unacknowledged else next(self._amounts)
        lead_id, is_told = f"outcome-{amount}", False
        report = {"lead_id": lead_id, "outcome": "won", "closed_at": _CLOSED_AT, "amount": amount}
        try:
            status, _ = _posted(connection, "/outcomes", report)
            is_told = True
        finally:
            if not is_told:
                self._unacknowledged.append(amount)
        if status in (HTTPStatus.OK, HTTPStatus.CREATED):
            self.outcomes[lead_id] = amount
        else:
            self.refused.append(f"status {status} to {lead_id}")

    def _ask(self, connection: HTTPConnection) -> None:
        lead_id, example = f"score-{next(self._leads)}", REQUESTS["en"]
        status, answer = _posted(connection, "/score", {**example, "lead": {**example["lead"], "lead_id": lead_id}})
        if status == HTTPStatus.OK and answer["lead_id"] == lead_id:
            self.scores[lead_id] = answer["score_id"]
        else:
            self.refused.append(f"status {status} to {lead_id}")


def callers_pool() -> ThreadPoolExecutor:
    """Return threads enough for all callers."""
    return ThreadPoolExecutor(2 * _CALLERS)


def _until_gone(port: int, call: Callable[[HTTPConnection], None]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
    try:
        while True:
            call(connection)
    except (OSError, HTTPException):
        return
    finally:
        connection.close()


def _posted(connection: HTTPConnection, path: str, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    connection.request("POST", path, json.dumps(body), {"content-type": "application/json"})
    answer = connection.getresponse()
    content: dict[str, Any] = json.loads(answer.read())
    return answer.status, content
