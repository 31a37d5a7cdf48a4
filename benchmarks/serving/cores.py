"""Which cores a process may use."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def servers_and_client() -> tuple[set[int], set[int]]:
    """Divide the cores: the last one is the client's, the others are the servers'; one core is both. Linux only.

    Where they share cores, some schedulers put both on one, and a server's next answer waits for what it does after
    the last one; callers are on another machine, or at least on another core.
    """
    cores = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
    return set(cores[:-1] or cores), set(cores[-1:])


@contextmanager
def kept_to(cores: set[int]) -> Iterator[None]:
    """Keep this process, and what it starts in the meantime, to some cores; to none sets no limit."""
    if sys.platform != "linux" or not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
