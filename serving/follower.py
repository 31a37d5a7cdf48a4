"""Does what has to be done every few seconds beside answering."""

from collections.abc import Callable, Sequence
from threading import Event, Thread

import structlog

log = structlog.get_logger(__name__)


class Follower:
    """A thread that does its jobs one after the other, again and again.

    Parameters
    ----------
    jobs : sequence of callable
        One that fails is logged and done again next time.
    seconds : float
        The pause between two rounds.
    """

    def __init__(self, jobs: Sequence[Callable[[], None]], seconds: float) -> None:
        self._jobs = jobs
        self._seconds = seconds
        self._stop = Event()
        self._done_once = Event()
        self._thread = Thread(target=self._run, name="follower", daemon=True)

    def start(self, wait_seconds: float) -> None:
        """Begin, and wait for the first round to end, but not for longer than given."""
        self._thread.start()
        self._done_once.wait(wait_seconds)

    def close(self) -> None:
        """Begin no further round."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            for job in self._jobs:
                _do(job)
            self._done_once.set()
            self._stop.wait(self._seconds)


def _do(job: Callable[[], None]) -> None:
    try:
        job()
    except Exception:
        log.exception("follower_failed")
