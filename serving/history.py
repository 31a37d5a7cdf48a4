"""The score history: answers wait in memory, and one thread writes them in groups."""

from collections import deque
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Final

import structlog

from serving.history_entry import HistoryEntry
from serving.history_store import HistoryError, HistoryStore

GROUP_SECONDS: Final = 0.5
_MOST_AT_ONCE: Final = 1_000
_LONGEST_WAIT_SECONDS: Final = 15.0

log = structlog.get_logger(__name__)


class History:
    """Takes answers without holding them up.

    While the database is away, answers wait for it; when as many wait as may, newer ones are dropped and counted.

    Parameters
    ----------
    store : HistoryStore
        Where they go.
    capacity : int
        How many may wait.
    on_drop : callable, optional
        Told how many answers were lost, whenever some are.
    """

    def __init__(self, store: HistoryStore, capacity: int, on_drop: Callable[[int], None] | None = None) -> None:
        self.store = store
        self._capacity = capacity
        self._on_drop = on_drop or (lambda _: None)
        self._waiting: deque[HistoryEntry | Event] = deque()
        self._wake = Event()
        self._deadline: float | None = None
        self._is_prepared = False
        self._is_dropping = False
        self._thread = Thread(target=self._write_all, name="score-history", daemon=True)

    def __len__(self) -> int:
        return len(self._waiting)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def put(self, entry: HistoryEntry) -> None:
        """Take an answer; costs less than a microsecond and never waits."""
        if len(self._waiting) >= self._capacity:
            self._on_drop(1)
            if not self._is_dropping:
                self._is_dropping = True
                log.error("history_full", waiting=len(self._waiting), next_step="bring the database back")
            return
        self._waiting.append(entry)

    def flush(self, seconds: float) -> bool:
        """Wait until what was taken so far is written; tell whether it is."""
        written = Event()
        self._waiting.append(written)
        self._wake.set()
        return written.wait(seconds)

    def close(self, seconds: float) -> None:
        """Write what waits, for as long as given, and stop; what is left then is dropped and counted."""
        self._deadline = monotonic() + seconds
        self._wake.set()
        self._thread.join(seconds + 2 * GROUP_SECONDS)
        lost = sum(isinstance(entry, HistoryEntry) for entry in self._waiting)
        if lost:
            self._on_drop(lost)
            log.error("history_lost", answers=lost)
        self.store.close()

    def _write_all(self) -> None:
        pause = GROUP_SECONDS
        while self._waiting or self._deadline is None:
            if self._wake.wait(pause):
                self._wake.clear()
            is_written = self._write_group()
            pause = GROUP_SECONDS if is_written else min(2 * pause, _LONGEST_WAIT_SECONDS)
            if self._deadline is not None:
                pause = 0.0 if is_written else GROUP_SECONDS
                if monotonic() > self._deadline:
                    return

    def _write_group(self) -> bool:
        """Write what waits, oldest first; tell whether the database took all of it."""
        try:
            if not self._is_prepared:
                self.store.prepare()
                self._is_prepared = True
            while self._waiting:
                self._write_some()
        except (HistoryError, OSError) as error:
            log.warning("history_away", fault=type(error).__name__, waiting=len(self._waiting))
            return False
        self._is_dropping = False
        return True

    def _write_some(self) -> None:
        group = [self._waiting[place] for place in range(min(len(self._waiting), _MOST_AT_ONCE))]
        entries = [entry for entry in group if isinstance(entry, HistoryEntry)]
        if entries:
            self.store.add(entries)
        for done in group:
            self._waiting.popleft()  # only once written: what the database refused is tried again
            if isinstance(done, Event):
                done.set()
