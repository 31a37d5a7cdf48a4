"""How many of some events precede each place: what turns one search into that of every stream."""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from features.arrays import BoolArray, FloatArray, IntArray

Words: TypeAlias = npt.NDArray[np.uint64]

_WORD_BYTES: Final = 8


class RunningCounts:
    """Several running counts of the same events, four or two to a 64-bit word.

    To add up, to look up and to subtract take as long for a word as for a count, and none of its counts can run over
    into the next: there are no more events than a count can hold, and only what came earlier is subtracted.

    Parameters
    ----------
    choices : numpy.ndarray
        bool, one row a count, one column a kind of event: whether it is counted.
    kinds : numpy.ndarray
        int64, the kind of each event; -1 is the last column.
    """

    def __init__(self, choices: BoolArray, kinds: IntArray) -> None:
        self._number = len(choices)
        self._kind = np.dtype(np.uint16 if len(kinds) <= np.iinfo(np.uint16).max else np.uint32)
        self._lanes = _WORD_BYTES // self._kind.itemsize
        packed = self._packed(choices)
        self._words = np.zeros((len(packed), len(kinds) + 1), dtype=np.uint64)
        np.take(packed, kinds, axis=1, out=self._words[:, 1:], mode="wrap")
        np.add.accumulate(self._words, axis=1, out=self._words)

    def before(self, place: IntArray) -> Words:
        """Return how many stand before each place, as words; -1 is the place after the last event."""
        return self._words.take(place, axis=1)

    def counts(self, words: Words) -> FloatArray:
        """Return the counts in words, or in the difference of two, one row a count."""
        lanes = words[:, :, np.newaxis].view(self._kind).transpose(0, 2, 1)
        return lanes.astype(np.float64, order="C").reshape(-1, words.shape[1])[: self._number]

    def _packed(self, choices: BoolArray) -> Words:
        lanes = np.zeros((-(-len(choices) // self._lanes), choices.shape[1], self._lanes), dtype=self._kind)
        for lane in range(self._lanes):
            of_lane = choices[lane :: self._lanes]
            lanes[: len(of_lane), :, lane] = of_lane
        return lanes.view(np.uint64)[:, :, 0]
