"""What the processes of a service take, looked at again and again."""

import time
from dataclasses import dataclass
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

from benchmarks.chaos.processes import family, open_files, resident_bytes
from benchmarks.chaos.service import Service

_LOOK_SECONDS: Final = 2.0


@dataclass(frozen=True)
class Look:
    """What all processes of a service take together.

    Attributes
    ----------
    at : float
        Seconds since the first look.
    resident_bytes : int
        Memory; what processes share counts for each.
    open_files : int
        File handles.
    waiting, dropped : float
        Rows of the history that are not in the database yet, and those that never will be; NaN where the service
        was too busy to tell.
    """

    at: float
    resident_bytes: int
    open_files: int
    waiting: float
    dropped: float


class Watch:
    """Looks every two seconds for as long as it is entered.

    Parameters
    ----------
    service : Service
        That runs.
    """

    def __init__(self, service: Service) -> None:
        self.looks: list[Look] = []
        self._service = service
        self._ended = Event()
        self._thread = Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _look_on(self) -> None:
        start = time.monotonic()
        while not self._ended.is_set():
            self.looks.append(self._look(time.monotonic() - start))
            self._ended.wait(_LOOK_SECONDS)

    def _look(self, at: float) -> Look:
        processes = family(self._service.pid)
        held = sum(map(resident_bytes, processes)), sum(map(open_files, processes))
        return Look(at, *held, *self._service.metrics("leads_history_waiting", "leads_history_dropped_total"))
