"""Contributions and raw scores of rows, looked up."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from features.arrays import FloatArray, IntArray
from models.tree_shap.forest_text import UnsuitedForestError, read_forest
from models.tree_shap.leaf_group import LeafGroup, leaf_groups
from models.tree_shap.leaf_table import LeafTable
from models.tree_shap.questions import Question, Questions
from models.tree_shap.tree import Tree

_BITS: Final = 8
_MOST_QUESTIONS: Final = 16
_CHUNK_CELLS: Final = 1 << 16
"""So many comparisons at a time stay within the processor's own memory."""


class LookedUp(NamedTuple):
    """What trees come to.

    Attributes
    ----------
    log_odds : numpy.ndarray
        float64, the raw score of each row: LightGBM's own to the last bit.
    values : numpy.ndarray
        float64, shape (rows, features): what each feature adds.
    """

    log_odds: FloatArray
    values: FloatArray


class ForestShap:
    """The tables of a booster.

    The answers of a row to the questions of a group of leaves are a pattern of bits, and what the group adds to each
    feature stands in a table under that pattern. So a row costs a comparison of two arrays, one look-up a group, and
    one sum in the order of the trees, whether it comes alone or with others: the same bits.

    Parameters
    ----------
    trees : sequence of Tree
        Added up in this order.
    features : int
        How many columns a row has.

    Raises
    ------
    UnsuitedForestError
        Where a way has too many questions, or tables would take more memory than ``leaf_table.MOST_BYTES``.

    Attributes
    ----------
    base : float
        The mean of the raw score over the training data.
    """

    def __init__(self, trees: Sequence[Tree], features: int) -> None:
        groups = [group for tree in trees for group in leaf_groups(tree)]
        _check(groups, features)
        table = LeafTable.of(groups, features)
        self.base = float(sum(tree.mean for tree in trees))
        self._features = features
        self._questions = Questions([split for tree in trees for split in tree.splits], features)
        asked = [[self._questions.of(group.tree.splits[split]) for split in group.splits] for group in groups]
        self._bytes = max(1, *(-(-len(of_group) // _BITS) for of_group in asked))
        self._columns, self._thresholds = _side_by_side(asked, _BITS * self._bytes)
        self._starts = table.starts[:-1]
        self._cells = table.cells[_rows_of_answers(table.starts, asked)]
        self._chunk_rows = max(1, _CHUNK_CELLS // len(self._columns))
        self._places = self._places_of_sums(table.features)

    @classmethod
    def read(cls, text: str, features: int) -> "ForestShap":
        """Make the tables of a booster from LightGBM's text.

        Raises
        ------
        UnsuitedForestError
            Where tables cannot be made, or would take too much memory.
        """
        return cls(read_forest(text), features)

    def look_up(self, values: FloatArray) -> LookedUp:
        """Return the raw score of each row, and what each feature adds to ``base`` for it."""
        sums = np.empty((len(values), self._features + 2))
        for start in range(0, len(values), self._chunk_rows):
            sums[start : start + self._chunk_rows] = self._sums(values[start : start + self._chunk_rows])
        return LookedUp(sums[:, self._features + 1], sums[:, : self._features])

    def _sums(self, values: FloatArray) -> FloatArray:
        rows, width = len(values), self._features + 2
        is_yes = self._questions.columns(values).take(self._columns, axis=1) <= self._thresholds
        patterns = np.packbits(is_yes, axis=1, bitorder="little")
        if self._bytes > 1:
            patterns = patterns.view("<u2")
        found = self._cells.take(patterns + self._starts, axis=0).ravel()
        sums = np.bincount(self._places[: len(found)], found, rows * width)
        return np.asarray(sums, dtype=np.float64).reshape(rows, width)

    def _places_of_sums(self, features: IntArray) -> IntArray:
        """Return where each number that is looked up belongs: its feature, nowhere, or the raw score."""
        of_row = np.concatenate((features, np.full((len(features), 1), self._features + 1)), axis=1).ravel()
        row = np.arange(self._chunk_rows)[:, np.newaxis]
        places: IntArray = (row * (self._features + 2) + of_row).ravel()
        return places


def _check(groups: Sequence[LeafGroup], features: int) -> None:
    most = max((len(group.splits) for group in groups), default=0)
    if most > _MOST_QUESTIONS:
        raise UnsuitedForestError(f"a leaf has {most} questions above it, and {_MOST_QUESTIONS} fit into a pattern")
    if any(feature >= features for group in groups for feature in group.features):
        raise UnsuitedForestError(f"a question is about another feature than the {features} there are")


def _side_by_side(asked: Sequence[Sequence[Question]], bits: int) -> tuple[IntArray, FloatArray]:
    """Return column and threshold of each question, padded by questions to which the answer is no."""
    columns = np.zeros((len(asked), bits), dtype=np.int64)
    thresholds = np.full((len(asked), bits), np.nan)
    for place, questions in enumerate(asked):
        columns[place, : len(questions)] = [question.column for question in questions]
        thresholds[place, : len(questions)] = [question.threshold for question in questions]
    return columns.ravel(), thresholds.ravel()


def _rows_of_answers(starts: IntArray, asked: Sequence[Sequence[Question]]) -> IntArray:
    """Return for each pattern of answers the row of the pattern of ways: where yes leads right, a bit is turned."""
    turned = [sum(1 << bit for bit, question in enumerate(of) if not question.yes_is_left) for of in asked]
    sizes = np.diff(starts)
    start = np.repeat(starts[:-1], sizes)
    rows: IntArray = start + ((np.arange(starts[-1]) - start) ^ np.repeat(turned, sizes))
    return rows
