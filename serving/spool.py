"""Answers on their way to the database, in files: what was taken outlives a process that is killed.

A line is one write to the page cache and is not forced to the disk: ``kill -9`` loses nothing, a loss of power may.
"""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Final

import structlog

from serving.spool_folder import SpoolFolder
from serving.spool_segment import SpoolSegment

SEGMENT_BYTES: Final = 4 * 1024 * 1024
log = structlog.get_logger(__name__)


class SpoolFullError(Exception):
    """As much waits as may."""


class Spool:
    """Segments in a folder of this process, and those that processes which are gone have left.

    Many threads may append; one delivers.

    Parameters
    ----------
    root : pathlib.Path
        Under which every process that writes to the same database has its folder; beside it are those of others.
    most_bytes : int
        How large all segments of this process may be together.
    """

    def __init__(self, root: Path, most_bytes: int) -> None:
        self._root = root
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._folder: SpoolFolder | None = None
        self._adopted: list[SpoolFolder] = []
        self._written: SpoolSegment | None = None
        self._sealed: deque[SpoolSegment] = deque()
        self._count = 0
        self._is_told_of_others = False
        self.size_bytes = 0

    def __len__(self) -> int:
        with self._lock:
            written = 0 if self._written is None else self._written.waiting
            return written + sum(segment.waiting for segment in self._sealed)

    def append(self, line: bytes) -> None:
        """Keep an answer.

        Raises
        ------
        SpoolFullError
            Where as much waits as may.
        OSError
            Where the disk takes no more.
        """
        with self._lock:
            if self.size_bytes + len(line) > self._most_bytes:
                raise SpoolFullError
            segment = self._written or self._opened()
            try:
                segment.append(line)
            except OSError:
                self._seal()  # its last line may be torn, and nothing must follow it
                raise
            self.size_bytes += len(line)
            if segment.size_bytes >= SEGMENT_BYTES:
                self._seal()

    def adopt(self) -> None:
        """Take over what processes that are gone have left.

        Raises
        ------
        OSError
            Where that cannot be read.
        """
        if not self._is_told_of_others:
            self._is_told_of_others = True
            self._tell_of_others()
        for folder in SpoolFolder.abandoned(self._root):
            segments: list[SpoolSegment] = []
            try:
                segments += [SpoolSegment.found(path) for path in folder.segment_paths()]
            finally:
                if not segments:
                    folder.release()
            if segments:
                self._take_over(folder, segments)

    def oldest(self) -> SpoolSegment | None:
        """Return the segment that is to be delivered next; None where nothing is sealed."""
        return self._sealed[0] if self._sealed else None

    def seal(self) -> None:
        """Let what was taken so far be delivered."""
        with self._lock:
            self._seal()

    def remove_oldest(self) -> None:
        """Forget the segment that was delivered; raises OSError where it cannot be removed."""
        delivered = self._sealed[0]
        delivered.remove()
        with self._lock:
            self._sealed.popleft()
            self.size_bytes -= delivered.size_bytes
            self._release_delivered()

    def close(self) -> None:
        """Let go of every segment; what was not delivered is for the next process."""
        with self._lock:
            self._seal()
            for folder in (self._folder, *self._adopted):
                if folder is not None:
                    folder.release()
            self._folder, self._adopted = None, []

    def _take_over(self, folder: SpoolFolder, segments: Sequence[SpoolSegment]) -> None:
        log.warning("spool_adopted", answers=sum(segment.waiting for segment in segments))
        with self._lock:
            self._adopted.append(folder)
            self._sealed.extend(segments)
            self.size_bytes += sum(segment.size_bytes for segment in segments)

    def _tell_of_others(self) -> None:
        files = [path for path in self._root.parent.glob("*/*/*.spool") if self._root not in path.parents]
        if files:
            place = self._root.name
            next_step = f"if its database is now this one, stop the service and move what is in that folder to {place}"
            log.warning("spool_of_another_database", files=len(files), next_step=next_step)

    def _opened(self) -> SpoolSegment:
        if self._folder is None:
            self._folder = SpoolFolder.made(self._root)
        self._count += 1
        try:
            self._written = SpoolSegment.opened(self._folder.segment_path(self._count))
        except FileNotFoundError:  # somebody removed the folder
            self._folder.release()
            self._folder = None
            raise
        return self._written

    def _seal(self) -> None:
        if self._written is not None:
            self._written.seal()
            self._sealed.append(self._written)
            self._written = None

    def _release_delivered(self) -> None:
        waiting = {segment.path.parent for segment in self._sealed}
        for folder in [folder for folder in self._adopted if folder.path not in waiting]:
            folder.release()
            self._adopted.remove(folder)
