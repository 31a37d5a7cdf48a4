"""A client that costs next to nothing, so that what is measured is the server."""

import re
import socket
from typing import Final, Self

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END_OF_HEAD: Final = b"\r\n\r\n"
_AT_ONCE: Final = 65_536
_TIMEOUT_SECONDS: Final = 30.0


class WrongAnswerError(Exception):
    """A server answered something else than 200."""


class Connection:
    """A keep-alive connection that asks the same again and again.

    Parameters
    ----------
    port : int
        On loopback.
    request : bytes
        As it goes over the wire.
    """

    def __init__(self, port: int, request: bytes) -> None:
        self._request = request
        self._socket = socket.create_connection(("127.0.0.1", port), _TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def fileno(self) -> int:
        """Return the socket's number, by which a selector knows it."""
        return self._socket.fileno()

    def send(self) -> None:
        """Ask."""
        self._socket.sendall(self._request)

    def receive(self) -> bytes:
        """Return the body of the answer, once all of it is here."""
        received = b""
        while (end := received.find(_END_OF_HEAD)) < 0:
            received += self._more()
        length = _LENGTH.search(received, 0, end + 2)
        if length is None or b" 200 " not in received[:20]:
            raise WrongAnswerError(received.decode(errors="replace"))
        whole = end + len(_END_OF_HEAD) + int(length.group(1))
        while len(received) < whole:
            received += self._more()
        return received[end + len(_END_OF_HEAD) :]

    def ask(self) -> bytes:
        """Ask, and return the body of the answer."""
        self.send()
        return self.receive()

    def _more(self) -> bytes:
        part = self._socket.recv(_AT_ONCE)
        if not part:
            raise WrongAnswerError("the server closed the connection")
        return part
