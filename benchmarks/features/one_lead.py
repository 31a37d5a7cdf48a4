"""How long the features of a single snapshot take, for a lead with forty activities."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.features.crm import write_crm
from benchmarks.features.ours import Ours, spec
from features.compute import compute
from features.records import Records
from features.snapshots import Snapshots

_ACTIVITIES: Final = 40
_REPEATS: Final = 300


def microseconds_per_feature(folder: Path) -> tuple[float, float]:
    """Return the medians with the lead's rows already indexed, and from its tables on."""
    write_crm(folder, snapshots=1, activities=_ACTIVITIES)
    tables, features = Ours(folder).tables, spec()
    newest = int(tables.activities["occurred_at"].max().timestamp() * 1000)
    snapshot = Snapshots(np.array([0]), np.array([newest + 1]))
    indexed = Records.of(tables)
    ready = _median_seconds(lambda: compute(features, indexed, snapshot))
    whole = _median_seconds(lambda: compute(features, Records.of(tables), snapshot))
    return ready * 1e6 / len(features.features), whole * 1e6 / len(features.features)


def _median_seconds(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return float(np.median(seconds))
