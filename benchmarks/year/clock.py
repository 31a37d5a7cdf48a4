"""A clock that is set, for a service that shall live through a year in a minute."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd

VARIABLE: Final = "YEAR_CLOCK_FILE"


class Clock:
    """Says from a file how far the time of the CRM is from that of this machine.

    Parameters
    ----------
    file : pathlib.Path
        Shared by who sets the clock and who reads it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._now: Callable[[], int] = time.time_ns

    def set(self, instant: pd.Timestamp) -> None:
        """Let it be an instant now; at any moment the file holds a time."""
        fresh = self._file.with_suffix(".fresh")
        fresh.write_text(str(instant.value - self._now()), encoding="ascii")
        fresh.replace(self._file)

    def time_ns(self) -> int:
        """Return the time of the CRM in nanoseconds since the epoch, as ``time.time_ns`` does."""
        return self._now() + int(self._file.read_text(encoding="ascii"))
