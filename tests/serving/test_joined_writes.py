"""An answer leaves whole, whatever its caller expects of the connection."""

import json
from collections.abc import Iterator

import pytest

from tests.serving.process import Running, serving
from tests.serving.wire import BODY, answered, connected, head

INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("joined"), LEADS_METHOD="rules") as service:
        yield service


def named(request_id: str) -> bytes:
    return head().replace(b"\r\n\r\n", f"\r\nx-request-id: {request_id}\r\n\r\n".encode())


@pytest.mark.parametrize("request_", [head() + BODY, head() + b"x" * len(BODY), head(path="/nowhere") + BODY])
def test_head_and_body_come_together(running: Running, request_: bytes) -> None:
    with connected(running) as connection:
        for _ in range(5):
            connection.sendall(request_)
            first = connection.recv(65_536)
            told, _, body = first.partition(b"\r\n\r\n")
            assert f"content-length: {len(body)}".encode() in told.lower()
            assert json.loads(body)


def test_caller_who_asks_first_is_told_to_send_its_body(running: Running) -> None:
    with connected(running) as connection:
        connection.sendall(head(expect="100-continue"))
        assert connection.recv(65_536) == INTERIM
        connection.sendall(BODY)
        status, _, answer = answered(connection)
    assert (status, answer["method"]) == (200, "rules")


def test_answer_without_a_body_is_sent_at_once(running: Running) -> None:
    with connected(running) as connection:
        for _ in range(3):
            connection.sendall(b"HEAD /score HTTP/1.1\r\nhost: localhost\r\n\r\n")
            told = connection.recv(65_536)
            assert told.startswith(b"HTTP/1.1 405 ")
            assert told.endswith(b"\r\n\r\n")


def test_requests_sent_one_behind_the_other_are_answered_in_order(running: Running) -> None:
    with connected(running) as connection:
        connection.sendall(b"".join(named(f"crm-{number}") + BODY for number in range(3)))
        received = b""
        while received.count(b"x-request-id") < 3 or not received.endswith(b"}"):
            received += connection.recv(65_536)
    places = [received.index(f"x-request-id: crm-{number}".encode()) for number in range(3)]
    assert places == sorted(places)


def test_last_answer_of_a_connection_is_whole(running: Running) -> None:
    with connected(running) as connection:
        connection.sendall(head(connection="close") + BODY)
        status, headers, answer = answered(connection)
        assert (status, headers["connection"], answer["method"]) == (200, "close", "rules")
        assert connection.recv(1) == b""
