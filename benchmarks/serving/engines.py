"""The three servers, each as its users start it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final

from benchmarks.serving.bodies import as_http
from models.registry_names import CHAMPION, MODEL_NAME

OURS: Final = "python -m serving serve"
ECHO: Final = "FastAPI echo"
MLFLOW: Final = "mlflow models serve"

_CHECKOUT: Final = Path(__file__).parents[2]
_START_SECONDS: Final = 90
_STOP_SECONDS: Final = 15
_PAUSE_SECONDS: Final = 0.1


class NotStartedError(Exception):
    """A server did not come up; tells what it said."""


@dataclass(frozen=True)
class Engine:
    """A server and what it is asked.

    Attributes
    ----------
    name : str
        As the table calls it.
    command : tuple of str
        With ``{port}`` and ``{workers}`` where these go.
    environment : mapping of str to str
        The same, besides what the benchmark inherits.
    ready : str
        The path that answers 200 when it can be asked.
    request : bytes
        As it goes over the wire.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    ready: str
    request: bytes


def engines(store: str, body: dict[str, Any], features: dict[str, Any]) -> list[Engine]:
    """Return the three: MLflow and ours with the champion of a store, and the echo."""
    uvicorn = "-m uvicorn benchmarks.serving.echo:create_app --factory --no-access-log --no-server-header"
    mlflow = f"-m mlflow models serve -m models:/{MODEL_NAME}@{CHAMPION} --env-manager local"
    registry = {"MLFLOW_TRACKING_URI": store, "MLFLOW_DISABLE_TELEMETRY": "true"}
    ours = registry | {"LEADS_PORT": "{port}", "LEADS_WORKERS": "{workers}"}
    scoring = as_http("/score", body)
    served = ("--port", "{port}", "--workers", "{workers}")
    return [
        Engine(MLFLOW, (*mlflow.split(), *served), registry, "/ping", as_http("/invocations", features)),
        Engine(ECHO, (*uvicorn.split(), *served), {}, "/openapi.json", scoring),
        Engine(OURS, ("-m", "serving", "serve"), ours, "/readyz", scoring),
    ]


@contextmanager
def running(engine: Engine, folder: Path, workers: int = 1) -> Iterator[int]:
    """Start a server in a folder of its own, give its port once it is ready, and end it with all its processes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = folder / f"{engine.name}, {workers}"
    own.mkdir()
    with (own / "said.txt").open("w+b") as said:
        process = subprocess.Popen(
            [sys.executable, *(part.format(port=port, workers=workers) for part in engine.command)],
            cwd=own,
            env=_environment(engine, port, workers),
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # its children end with it
        )
        try:
            if not _comes_up(process, port, engine.ready):
                said.seek(0)
                raise NotStartedError(f"{engine.name} did not start:\n{said.read().decode(errors='replace')}")
            yield port
        finally:
            _end(process)


def _environment(engine: Engine, port: int, workers: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LEADS_", "MLFLOW_"))}
    own = {name: value.format(port=port, workers=workers) for name, value in engine.environment.items()}
    # MLflow starts uvicorn by its name, which is in this environment's folder of programs.
    path = f"{Path(sys.executable).parent}{os.pathsep}{inherited.get('PATH', '')}"
    return inherited | {"PYTHONPATH": str(_CHECKOUT), "PATH": path} | own


def _comes_up(process: subprocess.Popen[bytes], port: int, path: str) -> bool:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=_START_SECONDS)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == HTTPStatus.OK:
                return True
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(_PAUSE_SECONDS)
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the whole group to stop, as an operator would; what has not after a while is killed."""
    for asked in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, asked)
            process.wait(_STOP_SECONDS)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
