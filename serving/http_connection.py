"""A connection to the service, closed where the other side keeps it without using it."""

import asyncio
from resource import RLIMIT_NOFILE, getrlimit
from typing import Final, cast

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from serving.body import IS_WHOLE
from serving.joined_writes import JoinedWrites

PATIENCE_SECONDS: Final = 5.0
"""How long a connection may be open without a request that is being answered, or with an answer that nobody reads."""

LAST_LOOK_SECONDS: Final = 0.05
"""How long a connection is still read once the process ends."""

MOST_HEAD_BYTES: Final = 64 * 1024
_RESERVED_HANDLES: Final = 64
"""File handles that connections leave to the database, the spool, the registry and the process itself."""


class HttpConnection(HttpToolsProtocol):
    """uvicorn's own, which waits for a first request, and for the rest of a head, for ever."""

    _answered: RequestResponseCycle | None = None
    _writes: JoinedWrites | None = None
    _timer: asyncio.TimerHandle | None = None
    _free_since = 0.0
    _unread_bytes = 0
    _head_bytes = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, unless there are as many connections as there are file handles for them."""
        super().connection_made(cast("asyncio.Transport", transport))
        if len(self.connections) > _most_connections():
            self._abandon()
            return
        self._free_since = self.loop.time()
        self._timer = self.loop.call_later(PATIENCE_SECONDS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        if self._timer is not None:
            self._timer.cancel()
        self._disconnect()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read; a head that never ends is not kept."""
        scope = self.scope
        super().data_received(data)
        if scope is None or self.scope is not scope or "method" in scope:
            self._head_bytes = 0
            return
        self._head_bytes += len(data)
        if self._head_bytes > MOST_HEAD_BYTES:
            self._abandon()

    def shutdown(self) -> None:
        """End, but answer first what lies unread in the socket: its sender could not know."""
        self.loop.call_later(LAST_LOOK_SECONDS, super().shutdown)

    def on_message_complete(self) -> None:
        """Note that the whole body is there: whoever reads it need not watch the clock."""
        self.scope["state"][IS_WHOLE] = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Send what is left of the answer, and note since when nothing is asked."""
        if self._writes is not None:
            self._writes.flush()
        self._free_since = self.loop.time()
        super().on_response_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._writes = JoinedWrites(cycle)
        cycle.transport = cast("asyncio.Transport", self._writes)
        self._answered = cycle  # not the newest, where a caller does not wait for an answer before it asks again
        super()._start_asgi_task(cycle, app)

    def _look(self) -> None:
        unread_bytes = self.transport.get_write_buffer_size()
        is_free = self.cycle is None or self.cycle.response_complete
        is_idle = is_free and self.loop.time() - self._free_since >= PATIENCE_SECONDS
        if unread_bytes == self._unread_bytes if unread_bytes else is_idle:
            self._abandon()
            return
        self._unread_bytes = unread_bytes
        self._timer = self.loop.call_later(PATIENCE_SECONDS, self._look)

    def _abandon(self) -> None:
        self._disconnect()
        self.transport.abort()

    def _disconnect(self) -> None:
        """Let what is still to be sent be dropped; it would fail, loudly."""
        if self._answered is not None:
            self._answered.disconnected = True


def _most_connections() -> int:
    limit, _ = getrlimit(RLIMIT_NOFILE)
    return limit - min(_RESERVED_HANDLES, limit // 2)
