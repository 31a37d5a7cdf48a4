"""What groups of leaves add to a row, for every way in which their questions can be answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from models.tree_shap.forest_text import UnsuitedForestError
from models.tree_shap.leaf_group import LeafGroup, Step
from models.tree_shap.shapley import Leaves, leaf_contributions

MOST_BYTES: Final = 1 << 26
"""64 MiB; 1,800 trees of 32 leaves each take up to 52."""

_MOST_AT_ONCE: Final = 1 << 19
_CELL_BYTES: Final = 8


@dataclass(frozen=True)
class LeafTable:
    """Tables of all groups, one below the other.

    Attributes
    ----------
    cells : numpy.ndarray
        float64, a row for each pattern of answers of each group: what each of its features adds, and in the last
        column the value of the leaf that is reached, 0 where that is in another group. The first question of a group
        is the lowest bit of a pattern, and to go left is 1.
    starts : numpy.ndarray
        int64, the first row of each group, and the end of the last.
    features : numpy.ndarray
        int64, a row for each group: the feature of each column but the last; the number of features where there is
        none.
    """

    cells: FloatArray
    starts: IntArray
    features: IntArray

    @classmethod
    def of(cls, groups: Sequence[LeafGroup], features: int) -> "LeafTable":
        """Work out the tables.

        Raises
        ------
        UnsuitedForestError
            Where they would take more than ``MOST_BYTES``.
        """
        width = 1 + max((len(group.features) for group in groups), default=0)
        ends = np.cumsum([0, *(1 << len(group.splits) for group in groups)])
        if ends[-1] * width * _CELL_BYTES > MOST_BYTES:
            raise UnsuitedForestError(f"tables would take {ends[-1] * width * _CELL_BYTES:,} bytes")
        padded = [(*group.features, *[features] * (width - 1 - len(group.features))) for group in groups]
        cells = np.zeros((int(ends[-1]), width))
        for part in _parts(groups, ends):
            part.add_to(cells)
        return cls(cells, ends, np.array(padded, dtype=np.int64).reshape(len(groups), width - 1))


@dataclass(frozen=True, slots=True)
class _Way:
    """The way to a leaf, in a group whose table has this first row."""

    group: LeafGroup
    start: int
    value: float
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class _Part:
    """Leaves of groups that have equally many questions.

    Attributes
    ----------
    leaves : Leaves
    questions : int
        How many each of the groups has.
    start : numpy.ndarray
        int64, the first row of each leaf's group.
    bits, wanted : numpy.ndarray
        int64, shape (leaves, steps): the question of each step, by its place in the group, and the answer that leads
        on; -1 beyond the end of a way.
    column : numpy.ndarray
        int64, the same shape: the column of each of the leaf's features.
    """

    leaves: Leaves
    questions: int
    start: IntArray
    bits: IntArray
    wanted: IntArray
    column: IntArray

    def add_to(self, cells: FloatArray) -> None:
        """Add what the leaves contribute to the rows of their groups."""
        added = leaf_contributions(self.leaves)
        patterns = np.arange(1 << self.questions)
        way = np.zeros((len(self.start), len(patterns)), dtype=np.int64)
        for step, (bit, wanted) in enumerate(zip(self.bits.T, self.wanted.T, strict=True)):
            answer = patterns >> bit[:, np.newaxis] & 1
            way |= ((answer == wanted[:, np.newaxis]) | (wanted < 0)[:, np.newaxis]) << step
        rows = self.start[:, np.newaxis] + patterns
        places = rows[:, :, np.newaxis] * cells.shape[1] + self.column[:, np.newaxis, : added.shape[-1]]
        np.add.at(cells.reshape(-1), places.ravel(), np.take_along_axis(added, way[:, :, np.newaxis], axis=1).ravel())
        leaf, pattern = (way == added.shape[1] - 1).nonzero()
        cells[rows[leaf, pattern], -1] = self.leaves.values[leaf]


def _parts(groups: Sequence[LeafGroup], starts: IntArray) -> Iterator[_Part]:
    """Divide the leaves into parts that do not take much memory."""
    numbered = sorted(zip(groups, starts.tolist(), strict=False), key=lambda pair: len(pair[0].splits))
    for questions, of_size in groupby(numbered, key=lambda pair: len(pair[0].splits)):
        ways = [_Way(group, start, value, steps) for group, start in of_size for value, steps in group.ways]
        most = max(1, _MOST_AT_ONCE >> questions)
        for first in range(0, len(ways), most):
            yield _part(ways[first : first + most], questions)


def _part(ways: Sequence[_Way], questions: int) -> _Part:
    shape = len(ways), max(1, *(len(way.steps) for way in ways))
    bits, features, column = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    wanted, shares = np.full(shape, -1), np.ones(shape)
    for row, way in enumerate(ways):
        asked = [way.group.tree.splits[step.split].feature for step in way.steps]
        distinct = list(dict.fromkeys(asked))
        own = slice(len(asked))
        bits[row, own] = [way.group.splits.index(step.split) for step in way.steps]
        wanted[row, own] = [step.goes_left for step in way.steps]
        features[row, own] = [distinct.index(feature) for feature in asked]
        shares[row, own] = [step.share for step in way.steps]
        column[row, : len(distinct)] = [way.group.features.index(feature) for feature in distinct]
    values = np.array([way.value for way in ways])
    start = np.array([way.start for way in ways], dtype=np.int64)
    return _Part(Leaves(values, features, shares), questions, start, bits, wanted, column)
