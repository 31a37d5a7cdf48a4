"""Asks an application in this process, as HTTP would, with its start and its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

LOCAL = "http://127.0.0.1"


class Caller:
    def __init__(self, portal: BlockingPortal, client: httpx.AsyncClient) -> None:
        self._portal = portal
        self._client = client

    def __call__(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._portal.call(lambda: self._client.request(method, path, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self("POST", path, **options)


@contextmanager
def calling(app: FastAPI, base_url: str = LOCAL) -> Iterator[Caller]:
    with start_blocking_portal() as portal:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url=base_url)
        with portal.wrap_async_context_manager(app.router.lifespan_context(app)):
            yield Caller(portal, client)
        portal.call(client.aclose)
