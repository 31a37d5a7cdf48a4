"""A folder where the commands run as their users run them."""

import json
import os
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

from benchmarks.serving.engines import Engine
from benchmarks.year.clock import VARIABLE, Clock

_CHECKOUT: Final = Path(__file__).parents[2]
_TIMEOUT_SECONDS: Final = 60
_ASKED_OF_COMMANDS: Final = frozenset(
    {"AUDIT", "CAPACITY", "CRM", "DATA_END", "EXCLUDE", "GRADES", "HORIZON_DAYS", "LANGUAGE", "REASON"}
)
"""What whoever plays the year may have set for trainings of their own."""


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
        inherited = {name: value for name, value in os.environ.items() if not _is_setting(name)}
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.folder,
            env=inherited | self._settings | settings,
            capture_output=True,
            text=True,
            check=False,
        )

    def service(self) -> Engine:
        """Return the service, to be started."""
        environment = self._settings | {"LEADS_PORT": "{port}", VARIABLE: str(self.folder / "clock")}
        return Engine("service", ("-m", "benchmarks.year.service"), environment, "/readyz", b"")


def _is_setting(name: str) -> bool:
    return name.startswith(("LEADS_", "MLFLOW_")) or name in _ASKED_OF_COMMANDS


def post(port: int, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Send a body and return the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("POST", path, json.dumps(body), {"content-type": "application/json"})
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        return answer
    finally:
        connection.close()
