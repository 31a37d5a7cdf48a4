"""The snapshots on which champion and challenger meet."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import IntArray
from features.instant import MS_PER_DAY
from training.labelling.dataset import Dataset

NEWEST_WINS: Final = 300
"""With so many won leads a challenger as good as the champion is promoted in two cases of three; older snapshots would
add certainty and take away what the comparison is about, the present."""


@dataclass(frozen=True)
class FreshSlice:
    """Snapshots with outcomes that neither side has learnt from, and what the challenger's stand-in may learn from.

    Attributes
    ----------
    train_rows, test_rows : numpy.ndarray
        int64, row numbers in the data set.
    start_ms : int
        When the test begins, in milliseconds since the epoch.
    """

    train_rows: IntArray
    test_rows: IntArray
    start_ms: int


def fresh_slice(data: Dataset, champion_end_ms: int, newest_ms: int) -> FreshSlice:
    """Split off the newest snapshots whose whole window is later than anything the champion saw.

    The test begins as late as the number of wins affords, so that the stand-in is ahead of the champion by as much of
    the time between both as can be. Whoever is in the test may have earlier snapshots that both sides learnt from, as
    is the case in use; nobody is given away by lot, since that would keep leads from the stand-in that the champion
    has learnt from.

    Parameters
    ----------
    data : Dataset
        The observed snapshots; the features are not looked at.
    champion_end_ms : int
        The data end of the champion: it has seen no outcome that is later.
    newest_ms : int
        When the newest slice begins that the challenger's recipe was judged on: what is older chose the recipe.
    """
    start = max(champion_end_ms, newest_ms, _start_of_newest_wins(data))
    is_train = data.as_of_ms + data.horizon_days * MS_PER_DAY <= start
    return FreshSlice(
        train_rows=np.flatnonzero(is_train).astype(np.int64),
        test_rows=np.flatnonzero(data.as_of_ms >= start).astype(np.int64),
        start_ms=start,
    )


def _start_of_newest_wins(data: Dataset) -> int:
    """Return the instant from which on so many leads as are needed have a snapshot that was won."""
    won = data.label == 1
    lead, place = np.unique(data.lead[won], return_inverse=True)
    latest = np.full(len(lead), np.iinfo(np.int64).min)
    np.maximum.at(latest, place, data.as_of_ms[won])
    return int(np.sort(latest)[-NEWEST_WINS]) if len(latest) >= NEWEST_WINS else int(data.as_of_ms.min(initial=0))
