"""How many of some events precede each place: what turns one search into that of every stream."""

from typing import Final

import numpy as np
import numpy.typing as npt

from features.arrays import BoolArray, IntArray

_WORD_BYTES: Final = 8


class RunningCounts:
    """Several running counts of the same events, four or two to a 64-bit word.

    To add up takes as long for a word as for a count, and none of its counts can run over into the next: there are no
    more events than a count can hold.

    Parameters
    ----------
    wanted : numpy.ndarray
        bool, one row a count, one column an event.
    """

    def __init__(self, wanted: BoolArray) -> None:
        self._number, events = wanted.shape
        self._kind = np.dtype(np.uint16 if events <= np.iinfo(np.uint16).max else np.uint32)
        self._lanes = _WORD_BYTES // self._kind.itemsize
        words = -(-self._number // self._lanes)
        counts = np.zeros((words, events + 1, self._lanes), dtype=self._kind)
        for lane in range(self._lanes):
            of_lane = wanted[lane :: self._lanes]
            counts[: len(of_lane), 1:, lane] = of_lane
        self._words = counts.view(np.uint64)[:, :, 0]
        np.add.accumulate(self._words, axis=1, out=self._words)

    def before(self, place: IntArray) -> npt.NDArray[np.unsignedinteger]:
        """Return how many stand before each place, one row a count; -1 is the place after the last event."""
        found = self._words.take(place, axis=1)[:, :, np.newaxis].view(self._kind)
        return found.transpose(0, 2, 1).reshape(-1, len(place))[: self._number]
