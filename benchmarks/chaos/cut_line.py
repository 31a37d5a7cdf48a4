"""A line to a server that can be cut: a proxy on loopback."""

import socket
from contextlib import suppress
from threading import Lock, Thread
from types import TracebackType
from typing import Final, Self

_AT_ONCE: Final = 65_536


class CutLine:
    """Passes bytes on to a server until it is cut, and again once it is mended.

    Cut, every connection ends and a new one is refused, as where the server's process has ended.

    Parameters
    ----------
    host, port : str and int
        Of the server.
    """

    def __init__(self, host: str, port: int) -> None:
        self._server = host, port
        self._lock = Lock()
        self._ends: set[socket.socket] = set()
        self._listener: socket.socket | None = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._listen(self._listener)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.cut()

    def cut(self) -> None:
        """End every connection and refuse new ones."""
        with self._lock:
            listener, self._listener = self._listener, None
            ends, self._ends = self._ends, set()
        for end in [*ends, *([listener] if listener else [])]:
            _shut(end)

    def mend(self) -> None:
        """Let connections through again."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._listen(self._listener)

    def _listen(self, listener: socket.socket) -> None:
        Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                self._join(near, listener)

    def _join(self, near: socket.socket, listener: socket.socket) -> None:
        far = socket.create_connection(self._server)
        with self._lock:
            is_cut = self._listener is not listener
            self._ends |= set() if is_cut else {near, far}
        if is_cut:
            _shut(near)
            _shut(far)
            return
        for source, target in ((near, far), (far, near)):
            Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while content := source.recv(_AT_ONCE):
                target.sendall(content)
        _shut(source)
        _shut(target)
        with self._lock:
            self._ends -= {source, target}


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)  # wakes the thread that reads it, which closing alone does not
    end.close()
