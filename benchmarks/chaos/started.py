"""A process that is started with all its children, and ended with them."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

_CHECKOUT: Final = Path(__file__).parents[2]
_STOP_SECONDS: Final = 30
_NOT_INHERITED: Final = ("LEADS_", "MLFLOW_", "PROMETHEUS_")


class Started:
    """A Python command that runs in a folder, in a session of its own.

    Parameters
    ----------
    command : sequence of str
        What Python is given.
    folder : pathlib.Path
        Where it runs.
    settings : mapping of str to str
        Its environment, besides what is inherited.
    said : pathlib.Path
        Where its output is added.
    """

    def __init__(self, command: Sequence[str], folder: Path, settings: Mapping[str, str], said: Path) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_INHERITED)}
        # MLflow starts programs by their names, which are in this environment's folder of programs.
        path = f"{Path(sys.executable).parent}{os.pathsep}{inherited.get('PATH', '')}"
        own = {"PYTHONPATH": str(_CHECKOUT), "PATH": path, "MLFLOW_DISABLE_TELEMETRY": "true"}
        with said.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                cwd=folder,
                env=inherited | own | dict(settings),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The first process; its session bears the same number."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the first process runs."""
        return self._process.poll() is None

    def signal_all(self, number: signal.Signals) -> None:
        """Send a signal to every process of the session."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def kill(self) -> None:
        """End every process at once, without a word to it."""
        self.signal_all(signal.SIGKILL)
        self._process.wait(_STOP_SECONDS)

    def terminate(self) -> int:
        """Ask the first process to end, as an operator would; return its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(_STOP_SECONDS)
