"""Processes as Linux tells of them: their children, memory and file handles."""

import os
from pathlib import Path
from typing import Final

_WORKER: Final = b"spawn_main"
"""Stands in the command line of a process that uvicorn has started to answer."""

_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        own = [child for thread in threads for child in (thread / "children").read_text(encoding="ascii").split()]
    except OSError:
        return []  # it has just ended
    return [pid, *(relative for child in own for relative in family(int(child)))]


def workers(pid: int) -> list[int]:
    """Return the processes that answer for a service of several."""
    return [child for child in family(pid) if _WORKER in _command(child)]


def resident_bytes(pid: int) -> int:
    """Return how much memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE_BYTES


def open_files(pid: int) -> int:
    """Return how many file handles a process holds."""
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
