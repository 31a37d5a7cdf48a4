"""Whether memory stays flat and answers stay as quick."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.load.sender import Slice
from benchmarks.load.watch import Look

_MOST_GROWTH: Final = 0.02
_MOST_TIMES: Final = 1.5
_WARM_UP: Final = 0.2
_LAST: Final = 3
_TEN_MINUTES: Final = 600.0


@dataclass(frozen=True)
class Aim:
    """What must be so, and what it came to."""

    text: str
    found: str
    is_met: bool


def aims(slices: Sequence[Slice], looks: Sequence[Look], rate: float) -> list[Aim]:
    """Judge a load."""
    growth, times = growth_in_ten_minutes(looks), max(one.p99_ms for one in slices[-_LAST:]) / slices[0].p99_ms
    failed, dropped = sum(one.failed for one in slices), looks[-1].dropped
    kept_up = sum(one.answers for one in slices) / sum(one.seconds for one in slices) / rate
    return [
        Aim("nothing failed", f"{failed:,}", not failed),
        Aim("every request was answered that was due", f"{kept_up:.1%}", kept_up >= 1 - _MOST_GROWTH),
        Aim(f"memory grows by less than {_MOST_GROWTH:.0%} in ten minutes", f"{growth:.2%}", growth < _MOST_GROWTH),
        Aim(f"p99 at the end at most {_MOST_TIMES:g} times that of the beginning", f"{times:.2f}", times < _MOST_TIMES),
        Aim("no row of the history was dropped", f"{dropped:,.0f}", not dropped),
    ]


def growth_in_ten_minutes(looks: Sequence[Look]) -> float:
    """Return the share by which memory grows, by the line of least squares through all but the first fifth."""
    settled = looks[int(_WARM_UP * len(looks)) :]
    at, held = np.array([look.at for look in settled]), np.array([look.resident_bytes for look in settled])
    slope = np.polyfit(at, held, 1)[0]
    return float(slope * _TEN_MINUTES / held.mean())
