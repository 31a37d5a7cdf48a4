"""Leaves of a tree that are looked up together, because few questions tell them apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from models.tree_shap.tree import Split, Tree

MOST_TOGETHER: Final = 8
"""Questions that share a table of all their answers: as many as a byte has bits."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from the root to a leaf.

    Attributes
    ----------
    split : int
        The question, by its place in the tree.
    goes_left : bool
        The answer that leads to the leaf.
    share : float
        The share of the training rows at the question that had this answer.
    """

    split: int
    goes_left: bool
    share: float


@dataclass(frozen=True)
class LeafGroup:
    """Leaves with the ways that lead to them.

    Attributes
    ----------
    tree : Tree
        Whose leaves they are.
    ways : tuple of (float, tuple of Step)
        The value of each leaf, and its way.
    """

    tree: Tree
    ways: tuple[tuple[float, tuple[Step, ...]], ...]

    @cached_property
    def splits(self) -> tuple[int, ...]:
        """The questions on the ways, once each."""
        return tuple(dict.fromkeys(step.split for _, way in self.ways for step in way))

    @cached_property
    def features(self) -> tuple[int, ...]:
        """The features that are asked about, once each."""
        return tuple(dict.fromkeys(self.tree.splits[split].feature for split in self.splits))


def leaf_groups(tree: Tree) -> list[LeafGroup]:
    """Divide a tree into subtrees that are as large as ``MOST_TOGETHER`` allows, the ways to them included."""
    if not tree.splits:
        return [LeafGroup(tree, ((tree.leaf_values[0], ()),))]
    below = _splits_below(tree)
    return [LeafGroup(tree, tuple(_ways(tree, node, above))) for node, above in _tops(tree, 0, (), below)]


def _splits_below(tree: Tree) -> dict[int, int]:
    """Count the questions from each node downwards, itself included; LightGBM numbers children after parents."""
    below = {~leaf: 0 for leaf in range(len(tree.leaf_values))}
    for node in reversed(range(len(tree.splits))):
        split = tree.splits[node]
        below[node] = 1 + below[split.left] + below[split.right]
    return below


def _tops(
    tree: Tree, node: int, above: tuple[Step, ...], below: dict[int, int]
) -> Iterator[tuple[int, tuple[Step, ...]]]:
    if node < 0 or len(above) + below[node] <= MOST_TOGETHER:
        yield node, above
        return
    for child, step in _steps(tree, node):
        yield from _tops(tree, child, (*above, step), below)


def _ways(tree: Tree, node: int, above: tuple[Step, ...]) -> Iterator[tuple[float, tuple[Step, ...]]]:
    if node < 0:
        yield tree.leaf_values[~node], above
        return
    for child, step in _steps(tree, node):
        yield from _ways(tree, child, (*above, step))


def _steps(tree: Tree, node: int) -> Iterator[tuple[int, Step]]:
    split: Split = tree.splits[node]
    for child, goes_left in ((split.left, True), (split.right, False)):
        yield child, Step(node, goes_left, tree.rows(child) / split.rows)
