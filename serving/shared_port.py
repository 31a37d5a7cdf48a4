"""A port on which each of several processes listens for itself.

Of one listener that processes share, whoever wakes first takes every connection that waits: with few callers, who keep
theirs, one process answers all of them. With listeners of their own the kernel deals connections out (socket(7),
SO_REUSEPORT).
"""

import socket
from collections.abc import Callable
from typing import Any, Final, TypeVar

_IPV6_MARK: Final = ":"
_Kind = TypeVar("_Kind", bound=socket.socket)


class SharedPort(socket.socket):
    """A socket bound to a port; sent to another process, it arrives as another one that is bound to the same port."""

    def __reduce__(self) -> tuple[Callable[[str, int], "SharedPort"], tuple[Any, ...]]:
        """Return how the other process makes its own."""
        return _bound, self.getsockname()[:2]


def shared_port(host: str, port: int) -> SharedPort:
    """Return a socket bound to a port that nobody listens on yet, if it can be had.

    Parameters
    ----------
    host : str
    port : int
        0 takes a free one.

    Raises
    ------
    OSError
        Where somebody listens there already, or may.
    """
    with _socket(socket.socket, host) as first:
        first.bind((host, port))
        free = first.getsockname()[1]
    return _bound(host, free)


def _bound(host: str, port: int) -> SharedPort:
    own = _socket(SharedPort, host)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    own.bind((host, port))
    return own


def _socket(kind: type[_Kind], host: str) -> _Kind:
    made = kind(socket.AF_INET6 if _IPV6_MARK in host else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return made
