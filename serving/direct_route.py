"""A short way from the request to the endpoint, for what is asked thousands of times a minute."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeAlias

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.problems import ProblemError, fault_of_ours

Endpoint: TypeAlias = Callable[[Request], Coroutine[Any, Any, Response]]


class DirectRoute(APIRoute):
    """A route whose endpoint takes the request and gives the response, with nothing in between.

    Parameters and dependencies of the endpoint are not looked at, so it has none but the request.
    """

    def get_route_handler(self) -> Endpoint:
        """Return the endpoint itself."""
        endpoint: Endpoint = self.endpoint
        return endpoint


class DirectRoutesMiddleware:
    """Calls direct routes before the framework looks for a route among all; that alone takes as long as TreeSHAP.

    What it does not know, another method of the same path for one, is left to the framework.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        direct = [route for route in routes if isinstance(route, DirectRoute)]
        self._routes = {(method, route.path): route for route in direct for method in route.methods or ()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        route = self._routes.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if route is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = route
        request = Request(scope, receive)
        try:
            response = await route.get_route_handler()(request)
        except ProblemError as error:
            response = error.problem.response()
        except Exception:
            await fault_of_ours(request).response()(scope, receive, send)
            raise  # for the server to log
        await response(scope, receive, send)
