"""A disk that fills up: a file system of its own, of a few megabytes, for the length of a test."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_BLOCK = 4_096


@dataclass(frozen=True)
class SmallDisk:
    folder: Path

    @property
    def free_bytes(self) -> int:
        about = os.statvfs(self.folder)
        return about.f_bavail * about.f_frsize

    def fill(self, leaving_bytes: int = 0) -> None:
        """Leave so little room, in whole blocks; some tests count on nobody being able to write one byte more."""
        (self.folder / "filler").write_bytes(bytes(max(0, self.free_bytes - leaving_bytes) // _BLOCK * _BLOCK))
        assert self.free_bytes < leaving_bytes + _BLOCK

    def clear(self) -> None:
        """Make room again."""
        (self.folder / "filler").unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Mount a disk; a test that cannot, since it may not, is skipped."""
    folder.mkdir()
    refused = _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "small-disk", str(folder))
    if refused:
        pytest.skip(f"a small disk can only be mounted by root: {refused}")
    try:
        yield SmallDisk(folder)
    finally:
        assert not _run("umount", "--lazy", str(folder))


def _run(*command: str) -> str:
    """Run a command; return what it said where it failed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        return str(error)
    return f"{done.stderr.strip()} ({done.returncode})" if done.returncode else ""
