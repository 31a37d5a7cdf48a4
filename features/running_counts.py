"""How many of some events precede each place: what turns one search into that of every stream."""

from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from features.arrays import BoolArray, FloatArray, IntArray, RowArray

Words: TypeAlias = npt.NDArray[np.uint64]

_WORD_BYTES: Final = 8
_FEW: Final = np.dtype(np.uint16)
_MANY: Final = np.dtype(np.uint32)


class Choices:
    """Which kinds of event are counted together.

    Parameters
    ----------
    members : numpy.ndarray
        bool, one row a count, one column a kind of event, the last one for events of no kind: whether it is counted.
    """

    def __init__(self, members: BoolArray) -> None:
        self.members = members

    @cached_property
    def few(self) -> Words:
        """The members as words of counts for at most 65,535 events."""
        return self._packed(_FEW)

    @cached_property
    def many(self) -> Words:
        """The members as words of counts for more events than that."""
        return self._packed(_MANY)

    @cached_property
    def only_kind(self) -> tuple[int | None, ...]:
        """The kind of event that a count is of, where it is of one."""
        kinds = [row.nonzero()[0].tolist() for row in self.members]
        return tuple(of[0] if len(of) == 1 and of[0] < self.members.shape[1] - 1 else None for of in kinds)

    def _packed(self, kind: np.dtype[np.unsignedinteger]) -> Words:
        number, lanes = len(self.members), _WORD_BYTES // kind.itemsize
        packed = np.zeros((-(-number // lanes), self.members.shape[1], lanes), dtype=kind)
        for lane in range(lanes):
            of_lane = self.members[lane::lanes]
            packed[: len(of_lane), :, lane] = of_lane
        return packed.view(np.uint64)[:, :, 0]


class RunningCounts:
    """Several running counts of the same events, four or two to a 64-bit word.

    To add up, to look up and to subtract take as long for a word as for a count, and none of its counts can run over
    into the next: there are no more events than a count can hold, and only what came earlier is subtracted.

    Parameters
    ----------
    choices : Choices
        What is counted.
    kinds : numpy.ndarray
        Any signed integer, the kind of each event; -1 is the last column of the choices.
    """

    def __init__(self, choices: Choices, kinds: RowArray) -> None:
        self._number = len(choices.members)
        is_few = len(kinds) <= np.iinfo(np.uint16).max
        self._kind: np.dtype[np.unsignedinteger] = _FEW if is_few else _MANY
        packed = choices.few if is_few else choices.many
        self._words = np.zeros((len(packed), len(kinds) + 1), dtype=np.uint64)
        np.take(packed, kinds, axis=1, out=self._words[:, 1:], mode="wrap")
        np.add.accumulate(self._words, axis=1, out=self._words)

    def before(self, place: IntArray) -> Words:
        """Return how many stand before each place, as words."""
        return self._words.take(place, axis=1)

    def counts(self, words: Words) -> FloatArray:
        """Return the counts in words, or in the difference of two, one row a count."""
        lanes = words.reshape(len(words), -1, 1).view(self._kind).transpose(0, 2, 1)
        return lanes.astype(np.float64, order="C").reshape(-1, *words.shape[1:])[: self._number]
