"""Contributions and raw scores of rows, looked up."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from features.arrays import FloatArray, IntArray
from models.tree_shap.forest_pass import ForestPass
from models.tree_shap.forest_text import UnsuitedForestError, read_forest
from models.tree_shap.leaf_group import LeafGroup, leaf_groups
from models.tree_shap.leaf_table import LeafTable
from models.tree_shap.questions import Question, Questions
from models.tree_shap.tree import Tree

_MOST_QUESTIONS: Final = 16


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
    feature stands in a table under that pattern. So a row costs its questions and one look-up a group, and is summed up
    in the order of the trees, whether it comes alone or with others: the same bits.

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
    row_pass : ForestPass
        What looks rows up.
    """

    def __init__(self, trees: Sequence[Tree], features: int) -> None:
        groups = [group for tree in trees for group in leaf_groups(tree)]
        _check(groups, features)
        table = LeafTable.of(groups, features)
        self.base = float(sum(tree.mean for tree in trees))
        questions = Questions([split for tree in trees for split in tree.splits], features)
        asked = [[questions.of(group.tree.splits[split]) for split in group.splits] for group in groups]
        in_order = [question for of_group in asked for question in of_group]
        self.row_pass = ForestPass(
            questions.compared,
            np.array([question.column for question in in_order], dtype=np.int64),
            np.array([question.threshold for question in in_order], dtype=np.float64),
            np.cumsum([len(of_group) for of_group in asked], dtype=np.int64),
            table.starts[:-1],
            table.cells[_rows_of_answers(table.starts, asked)],
            table.features,
            np.array([len(group.features) for group in groups], dtype=np.int64),
            self.base,
        )

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
        log_odds, added = np.empty(len(values)), np.empty(values.shape)
        self.row_pass.add_up(values, added, log_odds)
        return LookedUp(log_odds, added)


def _check(groups: Sequence[LeafGroup], features: int) -> None:
    most = max((len(group.splits) for group in groups), default=0)
    if most > _MOST_QUESTIONS:
        raise UnsuitedForestError(f"a leaf has {most} questions above it, and {_MOST_QUESTIONS} fit into a pattern")
    if any(feature >= features for group in groups for feature in group.features):
        raise UnsuitedForestError(f"a question is about another feature than the {features} there are")


def _rows_of_answers(starts: IntArray, asked: Sequence[Sequence[Question]]) -> IntArray:
    """Return for each pattern of answers the row of the pattern of ways: where yes leads right, a bit is turned."""
    turned = [sum(1 << bit for bit, question in enumerate(of) if not question.yes_is_left) for of in asked]
    sizes = np.diff(starts)
    start = np.repeat(starts[:-1], sizes)
    rows: IntArray = start + ((np.arange(starts[-1]) - start) ^ np.repeat(turned, sizes))
    return rows
