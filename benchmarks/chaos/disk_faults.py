"""The disk under the spool and the database is full."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.chaos.crowd import Crowd, Manner, wait_until
from benchmarks.chaos.fault import Fault, Seen, SkippedError
from benchmarks.chaos.kept import kept
from benchmarks.chaos.service import Service
from benchmarks.chaos.stage import Stage

_SMALL: Final = "2m"
_LARGE: Final = "200m"
_FULL_SECONDS: Final = 20.0
_STILL_FULL_SECONDS: Final = 3.0
_DELIVERY_SECONDS: Final = 30.0
_BRISK: Final = Manner(pause_seconds=0.005)
_IN_MEMORY: Final = "500"
_DROPPED: Final = "leads_history_dropped_total"


def full(stage: Stage) -> Seen:
    """Fill a small disk with the spool and a SQLite history, then make it larger."""
    disk = stage.folder / "disk"
    with _disk(disk) as mount:
        history = f"sqlite:///{disk}/history.db"
        settings = {
            "LEADS_DATABASE_URL": history,
            "LEADS_SPOOL_FOLDER": str(disk / "spool"),
            "LEADS_HISTORY_CAPACITY": _IN_MEMORY,
        }
        with stage.service(**settings) as service:
            with Crowd(service.port, stage.question(), _BRISK) as crowd:
                is_full = wait_until(lambda: service.metric(_DROPPED) > 0, _FULL_SECONDS)
                time.sleep(_STILL_FULL_SECONDS)
                is_ready = service.is_ready
            mount.resize(_LARGE)
            seen = _recovered(stage, service, history, crowd)
    seen.expect(is_so=is_full, otherwise=f"nothing was said to be dropped in {_FULL_SECONDS:g} s")
    seen.expect(is_so=is_ready, otherwise="not ready while the disk was full")
    return seen


def _recovered(stage: Stage, service: Service, history: str, crowd: Crowd) -> Seen:
    """Return what came of it, once there is space again: whatever is answered from then on must be kept."""
    is_delivered = wait_until(lambda: service.metric("leads_history_waiting") == 0, _DELIVERY_SECONDS)
    dropped = int(service.metric(_DROPPED))
    with Crowd(service.port, stage.question()) as later:
        later.wait_for_answers(200, _FULL_SECONDS)
    missing = kept(history, later.tally.acknowledged, _DELIVERY_SECONDS).missing
    found = kept(history, crowd.tally.acknowledged, 0.0)
    tally = type(crowd.tally).of([crowd.tally, later.tally])
    seen = Seen(tally, found.lost + missing, dropped)
    seen.expect(is_so=is_delivered, otherwise="answers still wait although there is space")
    seen.expect(is_so=not missing, otherwise=f"{missing} answers were lost after there was space again")
    seen.expect(is_so=seen.lost == dropped, otherwise=f"{seen.lost} lost, but {dropped} counted as dropped")
    seen.unmet += service.faults()
    return seen


class _Mount:
    def __init__(self, mount: str, place: Path) -> None:
        self._mount = mount
        self._place = place

    def resize(self, size: str) -> None:
        """Make the disk larger, with what is on it."""
        subprocess.run([self._mount, "-o", f"remount,size={size}", str(self._place)], check=True)


@contextmanager
def _disk(place: Path) -> Iterator[_Mount]:
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() or not mount or not umount:
        raise SkippedError("to mount a small disk needs root")
    place.mkdir()
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={_SMALL}", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise SkippedError(f"a small disk cannot be mounted here: {made.stderr.strip()}")
    try:
        yield _Mount(mount, place)
    finally:
        subprocess.run([umount, str(place)], check=True)


FAULTS: Final = (
    Fault("disk-full", f"disk of {_SMALL} full under spool and SQLite", full, "rows that leads_history_dropped counts"),
)
