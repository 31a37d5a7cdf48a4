"""Several clients at once."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

from benchmarks.chaos.client import Client
from benchmarks.chaos.question import Question
from benchmarks.chaos.tally import Tally

CLIENTS: Final = 8
_PAUSE_SECONDS: Final = 0.02
_LOOK_SECONDS: Final = 0.05
_numbers: Final = count()


@dataclass(frozen=True)
class Manner:
    """How clients ask.

    Attributes
    ----------
    clients : int
        How many ask at once, each over a connection of its own.
    pause_seconds : float
        Between two requests of each.
    body_seconds : float
        Between the two halves of a body.
    """

    clients: int = CLIENTS
    pause_seconds: float = _PAUSE_SECONDS
    body_seconds: float = 0.0


class Crowd:
    """Asks for scores for as long as it is entered.

    Parameters
    ----------
    port : int
        On loopback.
    question : Question
        What is asked.
    manner : Manner
        How.
    """

    def __init__(self, port: int, question: Question, manner: Manner | None = None) -> None:
        self._ended = Event()
        how = manner or Manner()
        self._clients = [
            Client(port, question, _lead_ids(), how.pause_seconds, how.body_seconds) for _ in range(how.clients)
        ]
        self._threads = [Thread(target=client.run, args=(self._ended,), daemon=True) for client in self._clients]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    @property
    def tally(self) -> Tally:
        """What all were answered so far."""
        return Tally.of(client.tally for client in self._clients)

    def wait_for_version(self, version: str, seconds: float) -> bool:
        """Wait until a version answers; tell whether it did in time."""
        before = self._answers(version)
        return wait_until(lambda: self._answers(version) > before, seconds)

    def wait_for_answers(self, answers: int, seconds: float) -> bool:
        """Wait until as many more leads are scored; tell whether they were in time."""
        before = self._answers()
        return wait_until(lambda: self._answers() >= before + answers, seconds)

    def _answers(self, version: str = "") -> int:
        counts = [client.tally.versions for client in self._clients]
        return sum(one[version] if version else one.total() for one in counts)


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Wait for something to become true; tell whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(_LOOK_SECONDS)
    return is_so()


def _lead_ids() -> Iterator[str]:
    return (f"lead-{number}" for number in _numbers)
