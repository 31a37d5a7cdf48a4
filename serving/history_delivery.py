"""Takes answers, as the spool has them, to the database."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog
from sqlalchemy.exc import DataError, IntegrityError

from serving.history_entry import HistoryEntry
from serving.history_store import HistoryError, HistoryStore
from serving.spool_line import DamagedLineError, decoded

log = structlog.get_logger(__name__)


class DeliveryError(Exception):
    """The database did not take what it was given, and is to be given it again; says what kind of fault it was."""


@dataclass(slots=True)
class Delivered:
    """What became of lines beside those that are in the database now.

    Attributes
    ----------
    lost : int
        Answers that the database refuses for what they say, or of which nobody can tell any more whether their lead was
        forgotten in the meantime.
    damaged : int
        Lines that are not what was written.
    is_torn : bool
        Whether one is not finished: that answer never left, or is kept elsewhere.
    """

    lost: int = 0
    damaged: int = 0
    is_torn: bool = False


class Deliverer(Protocol):
    """What takes answers to the database, in this process or from another."""

    def deliver(self, lines: Sequence[bytes]) -> Delivered:
        """Write answers, all or none; without any, find out whether the database answers.

        Raises
        ------
        DeliveryError
            Where it does not; some of the answers may have been written, and will not be written twice.
        """

    def close(self) -> None:
        """End; nothing is delivered any more."""


class Delivery:
    """Writes answers from the thread that brings them.

    Parameters
    ----------
    store : HistoryStore
        Where they go; made, or brought up to date, before the first.
    give_way : callable, optional
        Called between steps, so that who waits for the processor gets it.
    """

    def __init__(self, store: HistoryStore, give_way: Callable[[], None] = lambda: None) -> None:
        self._store = store
        self._give_way = give_way
        self._is_prepared = False

    def deliver(self, lines: Sequence[bytes]) -> Delivered:
        """Write answers, as ``Deliverer`` has it."""
        delivered = Delivered()
        entries = list(_entries(lines, delivered))
        self._give_way()
        try:
            self._prepare()
            if entries:
                delivered.lost = self._add(entries)
            elif not lines:
                self._store.ask()
        except (HistoryError, OSError) as error:
            self._is_prepared = False
            raise DeliveryError(type(error).__name__) from None
        return delivered

    def close(self) -> None:
        """Close every connection."""
        self._store.close()

    def _prepare(self) -> None:
        if not self._is_prepared:
            self._store.prepare()
            self._is_prepared = True

    def _add(self, entries: Sequence[HistoryEntry]) -> int:
        """Write answers, and without those that the database refuses for what they say; return how many were lost."""
        try:
            return self._store.add(entries, self._give_way)
        except (DataError, IntegrityError, ValueError):
            if len(entries) == 1:
                log.exception("history_refused")
                return 1
        half = len(entries) // 2
        return self._add(entries[:half]) + self._add(entries[half:])


def _entries(lines: Sequence[bytes], delivered: Delivered) -> Iterator[HistoryEntry]:
    for line in lines:
        if not line.endswith(b"\n"):
            delivered.is_torn = True
            continue
        try:
            yield decoded(line)
        except DamagedLineError:
            delivered.damaged += 1
