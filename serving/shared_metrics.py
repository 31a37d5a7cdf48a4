"""The counts of several processes of one service, in files of a folder that they share."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names it; set by ``python -m serving serve`` if there are several processes."""

_collect_from_all: Callable[[CollectorRegistry, str], object] = MultiProcessCollector  # it comes without types


def text_of_all(folder: str) -> bytes:
    """Return the counts of all processes as Prometheus reads them.

    What was counted stays; what a process only stated, such as what waits there, goes with it, even if it was killed.
    """
    for file in Path(folder).glob("gauge_live*_*.db"):
        if not _is_alive(int(file.stem.rpartition("_")[2])):
            file.unlink(missing_ok=True)
    shared = CollectorRegistry()
    _collect_from_all(shared, folder)
    return generate_latest(shared)


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
