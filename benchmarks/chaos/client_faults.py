"""Clients that are slow, that go away, and that take every file handle."""

import resource
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Event, Thread
from typing import Final

from benchmarks.chaos.crowd import Crowd
from benchmarks.chaos.fault import Fault, Seen
from benchmarks.chaos.kept import kept
from benchmarks.chaos.processes import open_files
from benchmarks.chaos.question import Question
from benchmarks.chaos.service import Service
from benchmarks.chaos.stage import Stage

_SLOW: Final = 25
_BODY_SECONDS: Final = 3.0
_TRICKLE_SECONDS: Final = 0.25
_SLOW_SECONDS: Final = 8.0
_GONE: Final = 300
_GONE_SECONDS: Final = 0.01
_SPARE_HANDLES: Final = 20
_IDLE: Final = 60
_IDLE_SECONDS: Final = 4.0
_WAIT_SECONDS: Final = 15.0
_DELIVERY_SECONDS: Final = 20.0
_RESET_AT_CLOSE: Final = struct.pack("ii", 1, 0)
_HEAD: Final = "POST /score HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {}\r\n"


def slow(stage: Stage) -> Seen:
    """Send bodies and heads byte by byte beside clients that do not."""
    with stage.service(LEADS_BODY_SECONDS=f"{_BODY_SECONDS:g}") as service, ExitStack() as stack:
        bodies = [stack.enter_context(_connected(service)) for _ in range(_SLOW)]
        heads = [stack.enter_context(_connected(service)) for _ in range(_SLOW)]
        for body in bodies:
            body.sendall(_HEAD.format(1000).encode() + b"\r\n")
        for head in heads:
            head.sendall(_HEAD.format(1000).encode())
        stack.enter_context(_trickling([*bodies, *heads]))
        with Crowd(service.port, stage.question()) as crowd:
            time.sleep(_SLOW_SECONDS)
        refused = sum(b" 408 " in _received(body) for body in bodies)
        closed = sum(_is_closed(head) for head in heads)
        seen = _seen(stage, service, crowd)
    seen.expect(is_so=refused == _SLOW, otherwise=f"{refused} of {_SLOW} slow bodies were answered 408")
    seen.expect(is_so=closed == _SLOW, otherwise=f"{closed} of {_SLOW} slow heads were closed")
    seen.notes.append(f"p99 of the others {crowd.tally.p99_ms:.0f} ms")
    return seen


def gone(stage: Stage) -> Seen:
    """Ask and go away: in the midst of the body, and before the answer."""
    question = stage.question()
    with stage.service() as service:
        with Crowd(service.port, question) as crowd:
            for number in range(_GONE):
                _ask_and_go(service, question, f"gone-{number}", is_whole=number % 2 == 0)
                time.sleep(_GONE_SECONDS)
            crowd.wait_for_answers(100, _WAIT_SECONDS)
        seen = _seen(stage, service, crowd)
    seen.notes.append(f"{_GONE} clients went away")
    return seen


def out_of_handles(stage: Stage) -> Seen:
    """Leave the service a few file handles and take them with connections that say nothing."""
    with stage.service() as service, ExitStack() as stack:
        with Crowd(service.port, stage.question()) as crowd:
            crowd.wait_for_answers(100, _WAIT_SECONDS)
            _, hard = resource.prlimit(service.pid, resource.RLIMIT_NOFILE)
            resource.prlimit(service.pid, resource.RLIMIT_NOFILE, (open_files(service.pid) + _SPARE_HANDLES, hard))
            idle = [stack.enter_context(_connected(service)) for _ in range(_IDLE)]
            time.sleep(_IDLE_SECONDS)
            for one in idle:
                one.close()
            time.sleep(1)
            with Crowd(service.port, stage.question()) as later:
                is_back = later.wait_for_answers(100, _WAIT_SECONDS)
        seen = _seen(stage, service, crowd, later)
    seen.expect(is_so=is_back, otherwise="new connections were not answered once handles were free")
    seen.notes.append(f"{_IDLE} connections for {_SPARE_HANDLES} handles")
    return seen


@contextmanager
def _connected(service: Service) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", service.port), _WAIT_SECONDS) as connection:
        yield connection


@contextmanager
def _trickling(connections: list[socket.socket]) -> Iterator[None]:
    ended = Event()

    def trickle() -> None:
        while not ended.wait(_TRICKLE_SECONDS):
            for connection in connections:
                with suppress(OSError):
                    connection.sendall(b"x")

    thread = Thread(target=trickle, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _received(connection: socket.socket) -> bytes:
    connection.settimeout(0.1)
    with suppress(OSError):
        return connection.recv(65_536)
    return b""


def _is_closed(connection: socket.socket) -> bool:
    connection.settimeout(0.1)
    try:
        return connection.recv(65_536) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def _ask_and_go(service: Service, question: Question, lead_id: str, *, is_whole: bool) -> None:
    content = question.content(lead_id)
    with _connected(service) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
        sent = content if is_whole else content[: len(content) // 2]
        connection.sendall(f"{_HEAD.format(len(content))}\r\n".encode() + sent)


def _seen(stage: Stage, service: Service, *crowds: Crowd) -> Seen:
    tally = type(crowds[0].tally).of(crowd.tally for crowd in crowds)
    seen = Seen.of(tally, kept(stage.database, tally.acknowledged, _DELIVERY_SECONDS))
    seen.unmet += service.faults()
    return seen


FAULTS: Final = (
    Fault("slow-clients", f"{2 * _SLOW} clients send byte by byte", slow, "408 to slow bodies, slow heads closed"),
    Fault("gone-clients", f"{_GONE} clients go away", gone),
    Fault("handles", "out of file handles", out_of_handles, "no new connection while none is free"),
)
