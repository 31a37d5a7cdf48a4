"""The service as people start it, at a port that stays the same however often it is ended."""

import json
import math
import socket
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final

from prometheus_client.parser import text_string_to_metric_families

from benchmarks.chaos.crowd import wait_until
from benchmarks.chaos.processes import open_files, workers
from benchmarks.chaos.started import Started

START_SECONDS: Final = 40
_ASK_SECONDS: Final = 5
_UNEXPECTED: Final = frozenset({"follower_failed", "history_failed", "spool_failed"})


class NotReadyError(Exception):
    """The service did not become ready; tells what it logged last."""


class Service:
    """Runs ``python -m serving serve`` in a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Empty; its spool, its cache and its log stay there when it ends.
    settings : mapping of str to str
        Of its environment.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.folder = folder
        # What it leaves behind where it is killed, goes with its folder.
        own = {"LEADS_PORT": str(self.port), "LEADS_LOG_LEVEL": "warning", "TMPDIR": str(folder)}
        self._settings = {**own, **settings}
        self._log_file = folder / "service.log"
        self._started: Started | None = None

    def start(self) -> None:
        """Start it and wait until it is ready, with all its workers."""
        self.begin()
        if not wait_until(lambda: not self._process.is_alive or self.is_ready, START_SECONDS) or not self.is_ready:
            raise NotReadyError(f"the service is not ready:\n{self._log_file.read_text(encoding='utf-8')[-3000:]}")

    def begin(self) -> None:
        """Start it, and wait for nothing."""
        self._started = Started(("-m", "serving", "serve"), self.folder, self._settings, self._log_file)

    @property
    def pid(self) -> int:
        """Its first process."""
        return self._process.pid

    @property
    def workers(self) -> list[int]:
        """The processes that answer, where there are several."""
        return workers(self.pid)

    @property
    def busiest_worker(self) -> int:
        """The one that holds the most connections."""
        return max(self.workers, key=open_files)

    @property
    def is_ready(self) -> bool:
        """Whether it says that it is."""
        return self.status("/readyz") == HTTPStatus.OK

    def kill(self) -> None:
        """Kill -9 all of it."""
        self._process.kill()

    def terminate(self) -> int:
        """Send SIGTERM; return the exit code."""
        return self._process.terminate()

    def end(self) -> None:
        """See that nothing of it is left."""
        if self._started is not None:
            self._started.kill()

    def status(self, path: str) -> int:
        """Return the status of a path; 0 where nobody answers."""
        return self._asked(path)[0]

    def metrics(self, *names: str) -> list[float]:
        """Return the sum of each metric's samples: 0 where it has none, NaN where nobody answers."""
        status, content = self._asked("/metrics")
        if status != HTTPStatus.OK:
            return [math.nan] * len(names)
        families = text_string_to_metric_families(content.decode())
        samples = [sample for family in families for sample in family.samples]
        return [sum(sample.value for sample in samples if sample.name == name) for name in names]

    def metric(self, name: str) -> float:
        """Return one of them."""
        return self.metrics(name)[0]

    def model(self) -> dict[str, Any]:
        """Return the card of the model that is served."""
        card: dict[str, Any] = json.loads(self._asked("/model")[1])
        return card

    def faults(self) -> list[str]:
        """Return what was logged that nothing may cause: faults of the service itself."""
        lines = self._log_file.read_text(encoding="utf-8").splitlines()
        events = {str(_event(line)) for line in lines}
        return [f"logged {event}" for event in sorted(events) if event in _UNEXPECTED or "Traceback" in event]

    @property
    def _process(self) -> Started:
        if self._started is None:
            raise NotReadyError("the service was not started")
        return self._started

    def _asked(self, path: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_ASK_SECONDS)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            return 0, b""
        finally:
            connection.close()


def _event(line: str) -> object:
    try:
        return json.loads(line)["event"]
    except (ValueError, KeyError, TypeError):
        return line
