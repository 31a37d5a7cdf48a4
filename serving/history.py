"""The score history: every answer is spooled before it leaves, and one thread writes what waits to the database."""

from collections.abc import Callable, Sequence
from threading import Event, Thread
from time import monotonic, sleep
from typing import Final

import structlog
from sqlalchemy.exc import DataError, IntegrityError

from serving.history_entry import HistoryEntry
from serving.history_queue import HistoryQueue
from serving.history_store import HistoryError, HistoryStore
from serving.process import give_way
from serving.spool import Spool

GROUP_SECONDS: Final = 0.5
_BREATH_SECONDS: Final = 0.001
"""Between steps of a tenth of that: those who wait for an answer need the interpreter, and often the same core.

A thread that gives the interpreter back for a moment only, as SQLite does, takes it again before anybody else wakes.
"""

_LONGEST_WAIT_SECONDS: Final = 5.0
_ASK_SECONDS: Final = 5.0
_ADOPT_SECONDS: Final = 30.0

log = structlog.get_logger(__name__)


class History:
    """Takes answers without holding them up.

    While the database is away, answers wait for it; when as many wait as may, newer ones are dropped and counted.

    Parameters
    ----------
    store : HistoryStore
        Where they go.
    capacity : int
        How many may wait in memory, where the disk takes none.
    on_drop : callable, optional
        Told how many answers were lost, whenever some are.
    spool : Spool, optional
        Where they wait; without one they wait in memory.

    Attributes
    ----------
    is_away : bool
        Whether the database did not answer when it was last asked, which was seconds ago.
    """

    def __init__(
        self,
        store: HistoryStore,
        capacity: int,
        on_drop: Callable[[int], None] | None = None,
        spool: Spool | None = None,
    ) -> None:
        self.store = store
        self.is_away = False
        self._on_drop = on_drop or (lambda _: None)
        self._queue = HistoryQueue(spool, capacity, self._on_drop)
        self._asked: set[Event] = set()
        self._wake = Event()
        self._deadline: float | None = None
        self._adopt_at = self._ask_at = 0.0
        self._is_prepared = False
        self._thread = Thread(target=self._write_all, name="score-history", daemon=True)

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def spool_bytes(self) -> int:
        """How much waits on the disk."""
        return self._queue.spool_bytes

    def start(self) -> None:
        """Begin to write, with what processes that are gone have left."""
        self._thread.start()

    def put(self, entry: HistoryEntry) -> None:
        """Take an answer; costs microseconds and never waits for the database."""
        self._queue.put(entry)

    def flush(self, seconds: float) -> bool:
        """Wait until what was taken so far is written; tell whether it is."""
        written = Event()
        self._asked.add(written)
        self._wake.set()
        is_written = written.wait(seconds)
        self._asked.discard(written)
        return is_written

    def close(self, seconds: float) -> None:
        """Write what waits, for as long as given, and stop; what the spool still holds then is for the next start."""
        self._deadline = monotonic() + seconds
        self._wake.set()
        self._thread.join(seconds + 2 * GROUP_SECONDS)
        self._queue.close()
        self.store.close()

    def _write_all(self) -> None:
        give_way()
        pause = 0.0
        while len(self._queue) or self._deadline is None:
            if self._wake.wait(pause):
                self._wake.clear()
            is_written = self._wrote_what_waits()
            pause = GROUP_SECONDS if is_written else min(2 * pause or GROUP_SECONDS, _LONGEST_WAIT_SECONDS)
            if self._deadline is not None:
                pause = 0.0 if is_written else GROUP_SECONDS
                if monotonic() > self._deadline or not (is_written or self._queue.in_memory):
                    return  # what is spooled need not wait here

    def _wrote_what_waits(self) -> bool:
        """Write what waits, oldest first; tell whether the database took all of it."""
        asked = list(self._asked)
        try:
            self._adopt()
            self._write()
        except (HistoryError, OSError) as error:
            self.is_away, self._is_prepared = True, False
            log.warning("history_away", fault=type(error).__name__, waiting=len(self))
            self._queue.spool_again()
            return False
        except Exception:
            log.exception("history_failed")
            return False
        for written in asked:
            written.set()
        self.is_away = False
        return True

    def _write(self) -> None:
        if not self._is_prepared:
            self.store.prepare()
            self._is_prepared = True
        for group in self._queue.groups():
            self._breathe()
            lost = self._add(group)
            if lost:
                self._on_drop(lost)
                log.warning("history_lost", answers=lost)
            self._ask_at = monotonic() + _ASK_SECONDS
        if monotonic() > self._ask_at:
            self.store.ask()
            self._ask_at = monotonic() + _ASK_SECONDS

    def _add(self, group: Sequence[HistoryEntry]) -> int:
        """Write answers, and without those that the database refuses for what they say; return how many were lost."""
        try:
            return self.store.add(group, self._breathe)
        except (DataError, IntegrityError, ValueError):
            if len(group) == 1:
                log.exception("history_refused")
                return 1
        half = len(group) // 2
        return self._add(group[:half]) + self._add(group[half:])

    def _breathe(self) -> None:
        if self._deadline is None:
            sleep(_BREATH_SECONDS)

    def _adopt(self) -> None:
        if monotonic() > self._adopt_at:
            self._adopt_at = monotonic() + _ADOPT_SECONDS
            try:
                self._queue.adopt()
            except OSError as error:
                log.warning("spool_unreadable", fault=error.strerror)
