"""One file of the spool: first written, then read, then removed; never two of these at once."""

import os
from collections.abc import Iterator
from errno import ENOSPC
from itertools import islice
from pathlib import Path


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
        self._delivered = 0
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

    def groups(self, most: int) -> Iterator[list[bytes]]:
        """Yield the lines that are not delivered; to ask for the next of them says that the last ones are.

        Raises
        ------
        OSError
            Where they cannot be read.
        """
        with self.path.open("rb") as file:
            lines = islice(file, self._delivered, None)
            while group := list(islice(lines, most)):
                yield group
                self._delivered += len(group)
                self.waiting = max(self.waiting - len(group), 0)

    def remove(self) -> None:
        """Delete the file."""
        self.path.unlink(missing_ok=True)
