"""One file of the spool: first written, then read, then removed; never two of these at once."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path

from serving.history_entry import HistoryEntry
from serving.spool_line import DamagedLineError, decoded


@dataclass(slots=True)
class SegmentContent:
    """What a segment holds, read as it is asked for.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    waiting : int
        How many answers are lost if it is gone.
    damaged : int
        Answers found to be lost so far.
    is_torn : bool
        Whether the last line was found not to be finished: that answer never left, or is kept elsewhere.
    """

    path: Path
    waiting: int
    damaged: int = 0
    is_torn: bool = False

    def entries(self) -> Iterator[HistoryEntry]:
        """Yield the answers in the order in which they were given; raises OSError where they cannot be read."""
        try:
            with self.path.open("rb") as lines:
                for line in lines:
                    yield from self._entry(line)
        except FileNotFoundError:
            self.damaged = self.waiting

    def _entry(self, line: bytes) -> Iterator[HistoryEntry]:
        if not line.endswith(b"\n"):
            self.is_torn = True
            return
        try:
            entry = decoded(line)
        except DamagedLineError:
            self.damaged += 1
        else:
            yield entry


class SpoolSegment:
    """A file with a line an answer.

    What is written is not forced to the disk: it outlives the process, not the loss of power.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    size_bytes, waiting : int
        How large it is, and how many answers of it are not delivered.
    """

    def __init__(self, path: Path, size_bytes: int = 0, waiting: int = 0) -> None:
        self.path = path
        self.size_bytes = size_bytes
        self.waiting = waiting
        self.delivered = 0
        self._descriptor: int | None = None

    @classmethod
    def opened(cls, path: Path) -> "SpoolSegment":
        """Make the file of a segment; raises OSError where that cannot be done."""
        made = cls(path)
        made._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        return made

    @classmethod
    def found(cls, path: Path) -> "SpoolSegment":
        """Return a segment that another process left; raises OSError where it cannot be read."""
        content = path.read_bytes()
        return cls(path, len(content), content.count(b"\n"))

    def append(self, line: bytes) -> None:
        """Write a line; raises OSError where the disk is full, and then the segment is to be sealed."""
        if self._descriptor is None:
            raise ValueError(f"{self.path.name} is sealed")
        if os.write(self._descriptor, line) < len(line):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        self.size_bytes += len(line)
        self.waiting += 1

    def seal(self) -> None:
        """Write no more; it can be read then."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def read(self) -> SegmentContent:
        """Return what it holds."""
        return SegmentContent(self.path, self.waiting)

    def hand_over(self, answers: int) -> None:
        """Count answers as delivered: they are not delivered again by this process."""
        self.delivered += answers
        self.waiting = max(self.waiting - answers, 0)

    def remove(self) -> None:
        """Delete the file."""
        self.path.unlink(missing_ok=True)
