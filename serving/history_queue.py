"""Answers that wait for the database: in the spool, or in memory where the disk takes none."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Lock
from typing import Final

import structlog

from serving.history_entry import HistoryEntry
from serving.spool import Spool, SpoolFullError
from serving.spool_line import encoded

MOST_AT_ONCE: Final = 50
"""Answers that are written in one transaction, which others who write to the same database wait for."""

_BRING_BACK: Final = "bring the database back"
log = structlog.get_logger(__name__)


class HistoryQueue:
    """Keeps answers in the order in which they were given; many threads put, one takes.

    Parameters
    ----------
    spool : Spool or None
        Where they wait; None keeps all in memory.
    capacity : int
        How many may wait in memory.
    on_drop : callable
        Told how many answers were lost, whenever some are.
    """

    def __init__(self, spool: Spool | None, capacity: int, on_drop: Callable[[int], None]) -> None:
        self._spool = spool
        self._capacity = capacity
        self._on_drop = on_drop
        self._memory: deque[bytes] = deque()
        self._putting = Lock()
        self._is_dropping = self._is_spool_away = False

    def __len__(self) -> int:
        return len(self._memory) + (0 if self._spool is None else len(self._spool))

    @property
    def in_memory(self) -> int:
        """How many answers would go with this process."""
        return len(self._memory)

    @property
    def spool_bytes(self) -> int:
        """How much waits on the disk."""
        return 0 if self._spool is None else self._spool.size_bytes

    def put(self, entry: HistoryEntry) -> None:
        """Take an answer; it is dropped where there is no room for it."""
        line = encoded(entry)
        try:
            with self._putting:
                self._keep(line)
        except SpoolFullError:
            self._drop()

    def groups(self) -> Iterator[list[bytes]]:
        """Yield the lines of what waits, oldest first; to ask for the next group says that the last one is stored.

        Raises
        ------
        OSError
            Where the spool cannot be read.
        """
        if self._spool is not None:
            yield from _spooled_groups(self._spool, self._on_drop)
            self.spool_again()  # else what keeps coming would wait in memory, behind what does
            self._spool.seal()
            yield from _spooled_groups(self._spool, self._on_drop)
        while self._memory:
            group = [self._memory[place] for place in range(min(len(self._memory), MOST_AT_ONCE))]
            yield group
            for _ in group:
                self._memory.popleft()
        self._is_dropping = False

    def adopt(self) -> None:
        """Take over what processes that are gone have left; raises OSError where that cannot be read."""
        if self._spool is not None:
            self._spool.adopt()

    def spool_again(self) -> None:
        """Move what waits in memory to the disk, as far as that has room for it again."""
        with suppress(SpoolFullError):
            while self._memory:
                with self._putting:
                    if not self._is_spooled(self._memory[0]):
                        return
                    self._memory.popleft()

    def close(self) -> None:
        """Stop; what is in the spool is for the next process, and what is in memory is dropped and counted."""
        self.spool_again()
        if self._memory:
            self._on_drop(len(self._memory))
            log.error("history_lost", answers=len(self._memory))
        if self._spool is not None:
            if len(self._spool):
                log.warning("history_left", answers=len(self._spool), next_step="start the service again")
            self._spool.close()

    def _keep(self, line: bytes) -> None:
        # What comes after an answer that waits in memory waits there too, so that the order stays.
        if not self._memory and self._is_spooled(line):
            return
        if len(self._memory) >= self._capacity:
            raise SpoolFullError
        self._memory.append(line)

    def _is_spooled(self, line: bytes) -> bool:
        """Write an answer to the disk; tell whether that could be done."""
        if self._spool is None:
            return False
        try:
            self._spool.append(line)
        except OSError as error:
            if not self._is_spool_away:
                log.warning("spool_away", fault=error.strerror, next_step="make room on its disk, or make it writable")
            self._is_spool_away = True
            return False
        self._is_spool_away = False
        return True

    def _drop(self) -> None:
        self._on_drop(1)
        if not self._is_dropping:
            log.error("history_full", waiting=len(self), spool_bytes=self.spool_bytes, next_step=_BRING_BACK)
        self._is_dropping = True


def _spooled_groups(spool: Spool, on_drop: Callable[[int], None]) -> Iterator[list[bytes]]:
    while (segment := spool.oldest()) is not None:
        try:
            yield from segment.groups(MOST_AT_ONCE)
        except FileNotFoundError:  # somebody removed the file
            log.warning("spool_gone", answers=segment.waiting)
            on_drop(segment.waiting)
        spool.remove_oldest()
