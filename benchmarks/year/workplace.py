"""A folder where the commands run as their users run them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.serving.engines import Engine
from benchmarks.year.clock import VARIABLE, Clock

_CHECKOUT: Final = Path(__file__).parents[2]
_AT_ONCE: Final = 500
_TIMEOUT_SECONDS: Final = 60


class Workplace:
    """A registry, a database and a service that share a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Empty.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock(folder / "clock")
        self._settings = {
            "MLFLOW_TRACKING_URI": f"sqlite:///{folder / 'tracking.db'}",
            "MLFLOW_DISABLE_TELEMETRY": "true",
            "LEADS_DATABASE_URL": f"sqlite:///{folder / 'history.db'}",
            "PYTHONPATH": str(_CHECKOUT),
        }

    def run(self, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the project to its end."""
        environment = {**os.environ, **self._settings, **settings}
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def service(self) -> Engine:
        """Return the service, to be started."""
        environment = self._settings | {"LEADS_PORT": "{port}", VARIABLE: str(self.folder / "clock")}
        return Engine("service", ("-m", "benchmarks.year.service"), environment, "/readyz", b"")


def score_all(port: int, requests: Iterable[dict[str, Any]]) -> int:
    """Score leads in batches; return how many were scored."""
    pending, scored = iter(requests), 0
    while batch := list(islice(pending, _AT_ONCE)):
        results = post(port, "/score/batch", {"leads": batch})["results"]
        scored += sum("score" in result for result in results)
    return scored


def post(port: int, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Send a body and return the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("POST", path, json.dumps(body), {"content-type": "application/json"})
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        return answer
    finally:
        connection.close()
