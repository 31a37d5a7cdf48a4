"""How long one answer takes, and how many come in a second."""

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector
from typing import Final

import numpy as np

from benchmarks.serving.connection import Connection
from features.arrays import FloatArray

CONNECTIONS: Final = 16
_ROUNDS: Final = 20
_WARM_UP: Final = 200
_FIRST: Final = 5
_SECONDS: Final = 4.0


@dataclass(frozen=True)
class Latency:
    """What one engine took, in milliseconds an answer, asked one after another over one connection."""

    milliseconds: FloatArray

    @property
    def p50(self) -> float:
        """The median."""
        return float(np.percentile(self.milliseconds, 50))

    @property
    def p99(self) -> float:
        """What one answer in a hundred takes longer than."""
        return float(np.percentile(self.milliseconds, 99))


def latencies(connections: Mapping[str, Connection], requests: int) -> dict[str, Latency]:
    """Time engines in turns, so that whatever else the machine does meets all of them alike."""
    for connection in connections.values():
        _timed(connection, _WARM_UP)
    a_round = -(-requests // _ROUNDS)
    rounds = [{name: _turn(connection, a_round) for name, connection in connections.items()} for _ in range(_ROUNDS)]
    return {name: Latency(np.concatenate([one[name] for one in rounds])) for name in connections}


def answers_per_second(port: int, request: bytes) -> float:
    """Return how many answers come in a second over several connections that are never idle."""
    with ExitStack() as stack, DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            connection = stack.enter_context(Connection(port, request))
            connection.ask()
            connection.send()
            selector.register(connection, EVENT_READ, connection)
        answers, start = 0, time.perf_counter()
        while (now := time.perf_counter()) < start + _SECONDS:
            for key, _ in selector.select():
                key.data.receive()
                key.data.send()
                answers += 1
        return answers / (now - start)


def _turn(connection: Connection, requests: int) -> FloatArray:
    """Time a turn without its first answers, for which the core's caches are still another engine's."""
    return _timed(connection, _FIRST + requests)[_FIRST:]


def _timed(connection: Connection, requests: int) -> FloatArray:
    milliseconds = np.empty(requests)
    for place in range(requests):
        start = time.perf_counter_ns()
        connection.ask()
        milliseconds[place] = (time.perf_counter_ns() - start) / 1e6
    return milliseconds
