"""The service as people start it: a process of its own, reached over a socket."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
START_SECONDS = 40


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    client: httpx.Client
    log_file: Path

    def stop(self) -> None:
        """End it as an operator would, and wait until it has."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0

    @property
    def log(self) -> list[dict[str, Any]]:
        """What the process has logged; every line must be JSON."""
        return [json.loads(line) for line in self.log_file.read_text(encoding="utf-8").splitlines()]


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LEADS_", "MLFLOW_"))}
    return {**inherited, "PYTHONPATH": str(ROOT), "MLFLOW_DISABLE_TELEMETRY": "true", **settings}


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Running]:
    """Start the service in a folder and wait until it answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    log_file = folder / "service.log"
    with log_file.open("wb") as log, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        process = subprocess.Popen(
            [sys.executable, "-m", "serving", "serve"],
            cwd=folder,
            env=environment({"LEADS_PORT": str(port), **settings}),
            stderr=log,
            stdout=log,
        )
        try:
            _wait(process, client, log_file)
            yield Running(process, client, log_file)
        finally:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], client: httpx.Client, log_file: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if client.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"the service did not start: {log_file.read_text(encoding='utf-8')}")
