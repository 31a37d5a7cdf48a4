"""The score history: every answer is spooled before it leaves, and one thread has what waits delivered."""

from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Final

import structlog

from serving.history_delivery import Delivered, Deliverer, Delivery, DeliveryError
from serving.history_entry import HistoryEntry
from serving.history_queue import HistoryQueue
from serving.history_store import HistoryStore
from serving.spool import Spool

GROUP_SECONDS: Final = 0.5
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
        Where they go, and are read.
    capacity : int
        How many may wait in memory, where the disk takes none.
    on_drop : callable, optional
        Told how many answers were lost, whenever some are.
    spool : Spool, optional
        Where they wait; without one they wait in memory.
    delivery : Deliverer, optional
        Takes them there; else this process does.

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
        delivery: Deliverer | None = None,
    ) -> None:
        self.store = store
        self.is_away = False
        self._on_drop = on_drop or (lambda _: None)
        self._queue = HistoryQueue(spool, capacity, self._on_drop)
        self._delivery = delivery or Delivery(store)
        self._asked: set[Event] = set()
        self._wake = Event()
        self._deadline: float | None = None
        self._adopt_at = self._ask_at = 0.0
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
        self._delivery.close()
        self.store.close()

    def _write_all(self) -> None:
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
        except (DeliveryError, OSError) as error:
            self.is_away = True
            fault = str(error) if isinstance(error, DeliveryError) else type(error).__name__
            log.warning("history_away", fault=fault, waiting=len(self))
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
        for lines in self._queue.groups():
            self._count(self._delivery.deliver(lines))
            self._ask_at = monotonic() + _ASK_SECONDS
        if monotonic() > self._ask_at:
            self._delivery.deliver(())
            self._ask_at = monotonic() + _ASK_SECONDS

    def _count(self, delivered: Delivered) -> None:
        if delivered.lost:
            log.warning("history_lost", answers=delivered.lost)
        if delivered.damaged or delivered.is_torn:
            log.warning("spool_damaged", lines=delivered.damaged, is_torn=delivered.is_torn)
        if delivered.lost or delivered.damaged:
            self._on_drop(delivered.lost + delivered.damaged)

    def _adopt(self) -> None:
        if monotonic() > self._adopt_at:
            self._adopt_at = monotonic() + _ADOPT_SECONDS
            try:
                self._queue.adopt()
            except OSError as error:
                log.warning("spool_unreadable", fault=error.strerror)
