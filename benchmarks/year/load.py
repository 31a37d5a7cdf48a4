"""A caller that asks on and on, to see whether anything fails while versions change."""

import json
import time
from collections import Counter
from http import HTTPStatus
from http.client import HTTPConnection
from threading import Event, Thread
from types import TracebackType
from typing import Any, Final, Self

_TIMEOUT_SECONDS: Final = 30
_PAUSE_SECONDS: Final = 0.02
"""Some forty requests a second: more than a CRM sends, and the trainings beside it get their processors."""


class Load:
    """Asks for the same score over one connection for as long as it is entered.

    Parameters
    ----------
    port : int
        On loopback.
    body : mapping
        A request.

    Attributes
    ----------
    failed : int
        Requests not answered with 200.
    versions : collections.Counter
        Answers by the version that gave them.
    """

    def __init__(self, port: int, body: dict[str, Any]) -> None:
        self.failed = 0
        self.versions: Counter[str] = Counter()
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
        self._body = json.dumps(body).encode()
        self._ended = Event()
        self._thread = Thread(target=self._ask_on)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()
        self._connection.close()

    def __str__(self) -> str:
        answers = ", ".join(f"{count:,} by version {version}" for version, count in sorted(self.versions.items()))
        return f"{answers}; {self.failed} requests failed"

    def wait_for(self, version: str, seconds: float) -> bool:
        """Wait until a version answers; tell whether it did in time."""
        before = self.versions[version]
        for _ in range(int(seconds * 10)):
            if self.versions[version] > before:
                return True
            time.sleep(0.1)
        return False

    def _ask_on(self) -> None:
        while not self._ended.wait(_PAUSE_SECONDS):
            try:
                self._connection.request("POST", "/score", self._body, {"content-type": "application/json"})
                answer = self._connection.getresponse()
                content = answer.read()
            except OSError:
                self.failed += 1
                continue
            if answer.status == HTTPStatus.OK:
                self.versions[json.loads(content)["model"]["version"]] += 1
            else:
                self.failed += 1
