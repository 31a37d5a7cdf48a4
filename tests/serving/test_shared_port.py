"""Several processes on one port."""

import socket

import pytest

from serving.shared_port import SharedPort, shared_port

CONNECTIONS = 64


def test_socket_sent_to_another_process_is_another_one_on_the_same_port() -> None:
    with shared_port("127.0.0.1", 0) as bound, shared_port_beside(bound) as sent:
        assert sent.getsockname() == bound.getsockname()
        assert sent.fileno() != bound.fileno()


def test_connections_are_dealt_out_to_all_who_listen() -> None:
    with shared_port("127.0.0.1", 0) as first, shared_port_beside(first) as second:
        first.listen(CONNECTIONS)
        second.listen(CONNECTIONS)
        clients = [socket.create_connection(first.getsockname()) for _ in range(CONNECTIONS)]
        counts = [waiting(first), waiting(second)]
        for client in clients:
            client.close()
    assert sum(counts) == CONNECTIONS
    assert min(counts) > 0


def test_port_that_somebody_listens_on_is_refused() -> None:
    with shared_port("127.0.0.1", 0) as taken:
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            shared_port(*taken.getsockname())


def shared_port_beside(bound: SharedPort) -> SharedPort:
    """Make what another process gets that is sent the socket."""
    make, arguments = bound.__reduce__()
    return make(*arguments)


def waiting(listener: socket.socket) -> int:
    """Accept what waits, and count it."""
    listener.settimeout(0.2)
    count = 0
    while True:
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            return count
        connection.close()
        count += 1
