"""What surrounds every answer: the request's id, the headers, a line in the log and the counts."""

import re
import secrets
from threading import Event
from time import perf_counter
from typing import Final

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.metrics import Metrics
from serving.security_headers import SECURITY_HEADERS

REQUEST_ID: Final = "x-request-id"
_REQUEST_ID: Final = REQUEST_ID.encode()
_ID_BYTES: Final = 16
_VALID_ID: Final = re.compile(rb"[A-Za-z0-9._:-]{1,64}")
_CALLER_GONE: Final = 499
"""Stands in the log and the counts where the caller went before the end of the body; nobody gets it."""

_NO_ROUTE: Final = "(none)"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
_HEADERS: Final = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_LAST_HEADERS: Final = [*_HEADERS, (b"connection", b"close")]
log = structlog.get_logger(__name__)


class ExchangeMiddleware:
    """Plain ASGI: Starlette's own class of middleware would cost as much as a score.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    metrics : Metrics
        Where requests are counted.
    ending : threading.Event
        Set once the process is to end: from then on callers are told not to keep their connections.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, ending: Event) -> None:
        self._app = app
        self._metrics = metrics
        self._ending = ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        request_id = _request_id(scope)
        state = scope.setdefault("state", {})
        state["request_id"] = request_id.decode()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                _add_headers(message, request_id, _LAST_HEADERS if self._ending.is_set() else _HEADERS)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except ClientDisconnect:
            status = _CALLER_GONE
        finally:
            self._tell(scope, status, perf_counter() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path_format", _NO_ROUTE)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.answered(method, route, status, seconds)
        state = scope["state"]
        log.info(
            "request",
            request_id=state["request_id"],
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 3),
            caller=state.get("caller"),
        )


def _add_headers(message: Message, request_id: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    own = {name for name, _ in message["headers"]}
    added = [(name, value) for name, value in headers if name not in own]
    message["headers"] = [*message["headers"], *added, (_REQUEST_ID, request_id)]


def _request_id(scope: Scope) -> bytes:
    """Return the caller's id where it is one that may stand in a log, else a new one."""
    for name, value in scope["headers"]:
        if name == _REQUEST_ID and _VALID_ID.fullmatch(value):
            return bytes(value)
    return secrets.token_hex(_ID_BYTES).encode()
