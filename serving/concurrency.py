"""How many requests are answered at once."""

from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from serving.metrics import Metrics
from serving.problems import Problem

_UNLIMITED: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_BUSY: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "busy",
    "As many requests are being answered as may be at once. Send it again in a second, over fewer connections.",
    headers={"retry-after": "1"},
)


class ConcurrencyMiddleware:
    """Refuses requests beyond a number at once, so that those before them are answered in time.

    Who watches the service is answered all the same.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    most : int
        How many at once, in this process.
    metrics : Metrics
        Where refusals are counted.
    """

    def __init__(self, app: ASGIApp, most: int, metrics: Metrics) -> None:
        self._app = app
        self._most = most
        self._metrics = metrics
        self._answering = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"] in _UNLIMITED:
            await self._app(scope, receive, send)
        elif self._answering >= self._most:
            self._metrics.refused(_BUSY.kind)
            await _BUSY.response()(scope, receive, send)
        else:
            self._answering += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._answering -= 1
