"""A folder of segments that one process holds for as long as it lives: its lock goes with it."""

import os
from collections.abc import Iterator
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from secrets import token_hex
from typing import Final

_MODE: Final = 0o700
_ENDING: Final = ".spool"


class SpoolFolder:
    """A folder that nobody else writes to, reads or removes.

    Parameters
    ----------
    path : pathlib.Path
        The folder.
    descriptor : int
        Of the folder, locked.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def made(cls, root: Path) -> "SpoolFolder":
        """Make a folder and hold it; raises OSError where that cannot be done."""
        root.mkdir(_MODE, parents=True, exist_ok=True)
        while True:
            path = root / token_hex(8)
            path.mkdir(_MODE)
            held = _held(path)
            if held is not None:  # else another process took it for abandoned in the meantime
                return held

    @classmethod
    def abandoned(cls, root: Path) -> Iterator["SpoolFolder"]:
        """Hold, one by one, the folders of processes that are gone, the oldest first; raises OSError."""
        if not root.exists():
            return
        for path in sorted(root.iterdir(), key=_changed_at):
            held = _held(path)
            if held is not None:
                yield held

    def segment_path(self, number: int) -> Path:
        """Return where a segment stands."""
        return self.path / f"{number:010d}{_ENDING}"

    def segment_paths(self) -> list[Path]:
        """Return where the segments stand, the oldest first; raises OSError where that cannot be read."""
        return sorted(self.path.glob(f"*{_ENDING}"))

    def release(self) -> None:
        """Let go of the folder, and remove it where it is empty."""
        try:
            self.path.rmdir()
        except OSError:
            pass  # what is left in it is for the next process
        finally:
            os.close(self._descriptor)


def _held(path: Path) -> SpoolFolder | None:
    """Lock a folder; None where another process holds it, or it is gone, no folder or another user's."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    is_ours = False
    try:
        is_ours = _is_locked(descriptor, path)
    finally:
        if not is_ours:
            os.close(descriptor)
    return SpoolFolder(path, descriptor) if is_ours else None


def _is_locked(descriptor: int, path: Path) -> bool:
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
