"""Does what has to be done every second beside answering."""

from collections.abc import Callable, Sequence
from threading import Event, Thread
from time import monotonic

import structlog

log = structlog.get_logger(__name__)


class Follower:
    """A thread for each of its jobs, which does it again and again.

    The registry of models may take a minute to say that it is away; whose keys are good must not wait for that.

    Parameters
    ----------
    jobs : sequence of callable
        One that fails is logged and done again next time.
    seconds : float
        The pause between two rounds of a job.
    """

    def __init__(self, jobs: Sequence[Callable[[], None]], seconds: float) -> None:
        self._seconds = seconds
        self._stop = Event()
        self._rounds = [(job, Event()) for job in jobs]

    def start(self, wait_seconds: float) -> None:
        """Begin, and wait for the first round of every job to end, but not for longer than given."""
        for job, done_once in self._rounds:
            Thread(target=self._run, args=(job, done_once), name="follower", daemon=True).start()
        self.wait(wait_seconds)

    def wait(self, seconds: float) -> None:
        """Wait for the first round of every job to end, but not for longer than given."""
        until = monotonic() + seconds
        for _, done_once in self._rounds:
            done_once.wait(max(0.0, until - monotonic()))

    def close(self) -> None:
        """Begin no further round."""
        self._stop.set()

    def _run(self, job: Callable[[], None], done_once: Event) -> None:
        while not self._stop.is_set():
            _do(job)
            done_once.set()
            self._stop.wait(self._seconds)


def _do(job: Callable[[], None]) -> None:
    try:
        job()
    except Exception:
        log.exception("follower_failed")
