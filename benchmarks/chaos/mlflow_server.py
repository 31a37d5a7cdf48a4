"""A real MLflow server, and two models of which each is told from the other by what it says."""

import signal
import socket
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from mlflow import MlflowClient

from benchmarks.chaos.crowd import wait_until
from benchmarks.chaos.question import believed
from benchmarks.chaos.started import Started
from models.conversion import ConversionModel
from models.registry_names import CHAMPION, MODEL_DATA, MODEL_NAME
from tests.serving.small_model import register_model, small_model
from training.tracking.store_location import URI_VARIABLE, StoreLocation

_START_SECONDS: Final = 60
_LEADS: Final = (250, 400)
_FILES: Final = "files"


class MlflowServer:
    """A server with a database and a folder for files, which can be ended and started again.

    Parameters
    ----------
    folder : pathlib.Path
        Where it keeps everything.

    Attributes
    ----------
    uri : str
        Where it is reached.
    probabilities : mapping of str to float
        What each version says of the lead that is asked about.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.uri = f"http://127.0.0.1:{self._port}"
        self.start()
        self._models = [small_model(folder / f"crm-{leads}", leads) for leads in _LEADS]
        self.probabilities: Mapping[str, float] = {self._register(model): believed(model) for model in self._models}

    def start(self) -> None:
        """Start it and wait until it answers."""
        database = f"sqlite:///{self._folder / 'tracking.db'}"
        stored = ("--backend-store-uri", database, "--artifacts-destination", str(self._folder / _FILES))
        listening = ("--host", "127.0.0.1", "--port", str(self._port), "--workers", "1")
        command = ("-m", "mlflow", "server", *stored, *listening)
        quiet = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
        self._started = Started(command, self._folder, quiet, self._folder / "server.log")
        if not wait_until(self._answers, _START_SECONDS):
            raise SystemExit(f"the MLflow server did not start:\n{(self._folder / 'server.log').read_text()[-2000:]}")

    def kill(self) -> None:
        """End it at once."""
        self._started.kill()

    def freeze(self) -> None:
        """Let it take connections and answer none."""
        self._started.signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it answer again."""
        self._started.signal_all(signal.SIGCONT)

    def name_champion(self, version: str) -> None:
        """Say which version is to score leads."""
        MlflowClient(self.uri).set_registered_model_alias(MODEL_NAME, CHAMPION, version)

    def register_damaged(self) -> str:
        """Register a version and cut its largest file in half; return it."""
        before = set(self._model_files())
        version = self._register(self._models[1])
        largest = max(set(self._model_files()) - before, key=lambda file: file.stat().st_size)
        largest.write_bytes(largest.read_bytes()[: largest.stat().st_size // 2])
        return version

    def _register(self, model: ConversionModel) -> str:
        return register_model(model, StoreLocation.of(self._folder, {URI_VARIABLE: self.uri}))

    def _model_files(self) -> list[Path]:
        """Return the files that the service reads; the code beside them is for MLflow."""
        return list((self._folder / _FILES).glob(f"**/{MODEL_DATA}/*"))

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=1)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
