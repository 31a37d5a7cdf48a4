"""Connections that behave as no HTTP client does."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from serving.examples import REQUESTS
from tests.serving.process import Running

BODY = json.dumps(REQUESTS["en"]).encode()


@contextmanager
def connected(running: Running, **options: Any) -> Iterator[socket.socket]:
    url = running.client.base_url
    with socket.create_connection((url.host, url.port or 0), timeout=20, **options) as connection:
        yield connection


def head(length: int = len(BODY), path: str = "/score", **headers: str) -> bytes:
    told = {"host": "localhost", "content-type": "application/json", "content-length": str(length), **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode()


def answered(connection: socket.socket) -> tuple[int, dict[str, str], Any]:
    """Read one answer: its status, headers and JSON."""
    content = b""
    while b"\r\n\r\n" not in content:
        content += _some(connection)
    first, *lines = content.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = content.partition(b"\r\n\r\n")[2]
    while len(body) < int(headers["content-length"]):
        body += _some(connection)
    return int(first.split()[1]), headers, json.loads(body)


def is_closed_within(connection: socket.socket, seconds: float) -> bool:
    """Tell whether the other side closes the connection in time, whatever it sends before."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        connection.settimeout(max(until - time.monotonic(), 0.01))
        with suppress(TimeoutError):
            try:
                if not connection.recv(65_536):
                    return True
            except ConnectionError:
                return True
    return False


def _some(connection: socket.socket) -> bytes:
    received = connection.recv(65_536)
    assert received, "the connection was closed before the answer was whole"
    return received
