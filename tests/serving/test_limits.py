"""The running service, asked more, more slowly or more strangely than it answers."""

import resource
import select
import socket
import struct
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event

import pytest

from serving.answer_models import Problem
from serving.examples import REQUESTS
from serving.http_connection import MOST_HEAD_BYTES, PATIENCE_SECONDS
from serving.key_file import make_key
from tests.serving.process import Running, serving
from tests.serving.wire import BODY, answered, connected, head, is_closed_within

AT_ONCE = 3
BODY_SECONDS = 0.6


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("limits")
    settings = {"LEADS_MAX_CONCURRENT": str(AT_ONCE), "LEADS_BODY_SECONDS": str(BODY_SECONDS)}
    with serving(folder, LEADS_METHOD="rules", **settings) as started:
        yield started
        started.stop()
    assert [line for line in started.log if line["level"] in ("error", "critical")] == []
    assert "Traceback" not in started.log_file.read_text(encoding="utf-8")


def counted(running: Running, kind: str) -> float:
    text = running.client.get("/metrics").text
    [line] = [line for line in text.splitlines() if line.startswith(f'leads_refused_total{{kind="{kind}"}}')]
    return float(line.split()[1])


def ask_without_reading(connection: socket.socket, running: Running) -> None:
    """Ask for more than the kernel buffers, until the service reads no more."""
    many = b'{"leads": [' + b",".join([b"{}"] * 1_000) + b"]}"
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.connect((running.client.base_url.host, running.client.base_url.port or 0))
    connection.settimeout(0.5)
    with suppress(TimeoutError):
        for _ in range(5_000):
            connection.sendall(head(len(many), "/score/batch") + many)


@pytest.mark.parametrize("sent", [b"", BODY[:10]])
def test_slow_body_is_told_so_and_the_connection_is_closed(running: Running, sent: bytes) -> None:
    with connected(running) as connection:
        connection.sendall(head() + sent)
        status, headers, problem = answered(connection)
        assert (status, Problem.model_validate(problem).type[-9:], headers["connection"]) == (408, "slow-body", "close")
        assert is_closed_within(connection, 5)
    assert counted(running, "slow-body") >= 1


def test_body_in_pieces_is_read_if_it_comes_in_time(running: Running) -> None:
    with connected(running) as connection:
        for _ in range(2):
            connection.sendall(head())
            for piece in (BODY[:100], BODY[100:200], BODY[200:]):
                time.sleep(BODY_SECONDS / 10)
                connection.sendall(piece)
            assert answered(connection)[0] == 200


def test_requests_beyond_those_that_may_be_answered_at_once_are_refused_and_health_is_not(running: Running) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(running)) for _ in range(AT_ONCE)]
        for connection in slow:
            connection.sendall(head())
        time.sleep(BODY_SECONDS / 4)
        refused = running.client.post("/score", json=REQUESTS["en"])
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert Problem.model_validate(refused.json()).type == "urn:lead-scoring:problem:busy"
        assert refused.headers["x-content-type-options"] == "nosniff"
        assert [running.client.get(path).status_code for path in ("/healthz", "/readyz", "/metrics")] == [200] * 3
        for connection in slow:
            connection.sendall(BODY)
        assert [answered(connection)[0] for connection in slow] == [200] * AT_ONCE
    assert running.client.post("/score", json=REQUESTS["en"]).status_code == 200
    assert counted(running, "busy") >= 1


def test_connections_that_are_kept_without_being_used_are_closed(running: Running) -> None:
    ended = Event()

    def trickle(connection: socket.socket, piece: bytes) -> None:
        while not ended.wait(0.2):
            with suppress(OSError):
                connection.sendall(piece)

    with ExitStack() as stack, ThreadPoolExecutor(5) as pool:
        stack.callback(ended.set)
        idle, blank, slow, after, refused = (stack.enter_context(connected(running)) for _ in range(5))
        slow.sendall(b"POST /score HTTP/1.1\r\nx-a: ")
        after.sendall(head() + BODY)
        assert answered(after)[0] == 200
        after.sendall(b"POST /score HTTP/1.1\r\n")
        refused.sendall(head(10**6, **{"content-type": "text/plain"}))
        assert answered(refused)[0] == 415
        unread = stack.enter_context(socket.socket())
        ask_without_reading(unread, running)
        for connection, piece in ((blank, b"\r\n"), (slow, b"a"), (after, b"x-a: b\r\n"), (refused, b"x")):
            pool.submit(trickle, connection, piece)
        until = time.monotonic() + 6 * PATIENCE_SECONDS
        kept = [
            name
            for name, connection in {
                "idle": idle,
                "blank lines": blank,
                "a slow head": slow,
                "a slow second head": after,
                "a body that nobody reads": refused,
            }.items()
            if not is_closed_within(connection, until - time.monotonic())
        ]
        ended.set()
        hung_up = select.poll()
        hung_up.register(unread, select.POLLRDHUP)
        assert hung_up.poll(1_000 * PATIENCE_SECONDS), "an answer that nobody reads"
    assert kept == []


def test_caller_that_goes_in_the_midst_of_an_answer_leaves_no_fault(running: Running) -> None:
    before = len(running.log)
    for _ in range(3):
        with socket.socket() as connection:
            ask_without_reading(connection, running)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    time.sleep(0.5)
    assert {line["event"] for line in running.log[before:]} == {"request"}
    assert running.client.get("/healthz").status_code == 200


def test_head_without_end_is_cut_off(running: Running) -> None:
    with connected(running) as connection:
        with suppress(ConnectionError):
            connection.sendall(b"GET /healthz HTTP/1.1\r\nx-a: " + b"a" * 20 * MOST_HEAD_BYTES)
        assert is_closed_within(connection, PATIENCE_SECONDS / 2)
    assert running.client.get("/healthz").status_code == 200


@pytest.mark.parametrize("sent", [head(), head() + BODY[:50], head() + BODY])
def test_caller_that_goes_leaves_one_line_in_the_log(running: Running, sent: bytes) -> None:
    before = len(running.log)
    for _ in range(5):
        with connected(running) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(sent)
            time.sleep(0.02)
    time.sleep(0.2)
    added = [line for line in running.log[before:] if line.get("route") != "/healthz"]  # asked by the test before
    assert [line["event"] for line in added] == ["request"] * 5
    assert {line["status"] for line in added} == ({200} if sent.endswith(BODY) else {499})


def test_caller_of_another_endpoint_may_go_too(running: Running) -> None:
    before = len(running.log)
    with connected(running) as connection:
        connection.sendall(head(path="/outcomes") + b"{")
    time.sleep(0.2)
    assert [(line["event"], line["status"]) for line in running.log[before:]] == [("request", 499)]


def test_each_key_may_ask_so_often(tmp_path: Path) -> None:
    keys = [make_key(tmp_path / "keys.jsonl", name, ["score"], 0) for name in ("crm", "web")]
    settings = {"LEADS_REQUESTS_PER_MINUTE": "6", "LEADS_KEYS_FILE": "keys.jsonl"}
    with serving(tmp_path, LEADS_METHOD="rules", **settings) as running:
        for key in keys:
            asked = [
                running.client.post("/score", json=REQUESTS["en"], headers={"authorization": f"Bearer {key}"})
                for _ in range(8)
            ]
            assert [one.status_code for one in asked] == [200] * 6 + [429] * 2
            assert 5 < int(asked[-1].headers["retry-after"]) <= 10
            assert Problem.model_validate(asked[-1].json()).type == "urn:lead-scoring:problem:too-many-requests"
        assert [running.client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
        running.stop()


def test_service_without_free_file_handles_answers_again_once_it_has_some(tmp_path: Path) -> None:
    with serving(tmp_path, LEADS_METHOD="rules") as running:
        assert running.client.post("/score", json=REQUESTS["en"]).status_code == 200
        handles = len(list(Path(f"/proc/{running.process.pid}/fd").iterdir()))
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE, (handles + 10, most))
        with ExitStack() as stack:
            idle = [stack.enter_context(connected(running)) for _ in range(100)]
            assert running.client.post("/score", json=REQUESTS["en"]).status_code == 200, "it has its connection"
            assert all(is_closed_within(connection, 3 * PATIENCE_SECONDS) for connection in idle)
        with connected(running) as connection:
            connection.sendall(head() + BODY)
            assert answered(connection)[0] == 200
        running.stop()
        assert [line for line in running.log if line["level"] in ("error", "critical")] == []
