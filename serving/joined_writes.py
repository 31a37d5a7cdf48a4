"""The head of an answer leaves together with its body: one packet, and one call of the kernel, in place of two."""

import asyncio

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle


class JoinedWrites:
    """Stands between one answer and its connection; what the answer does not say at once waits for what follows.

    Parameters
    ----------
    cycle : RequestResponseCycle
        The answer.
    """

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._cycle = cycle
        self._transport: asyncio.Transport = cycle.transport
        self._head: bytes | None = None
        self._has_head = False

    def write(self, data: bytes) -> None:
        """Send, but keep the head; what goes before it, for one that the caller may send its body, has none."""
        if self._cycle.response_started and not self._has_head:
            self._head, self._has_head = data, True
            return
        head, self._head = self._head, None
        self._transport.write(data if head is None else head + data)

    def flush(self) -> None:
        """Send a head that nothing has followed."""
        if self._head is not None:
            self.write(b"")

    def close(self) -> None:
        """Send what is left, and close the connection."""
        self.flush()
        self._transport.close()

    def is_closing(self) -> bool:
        """Tell whether the connection is being closed."""
        return self._transport.is_closing()
