"""One decision tree, as LightGBM's text describes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_IS_CATEGORICAL: Final = 1
_DEFAULT_LEFT: Final = 2
_MISSING_SHIFT: Final = 2
_MISSING_KINDS: Final = 3
MISSING_NONE: Final = 0
"""A missing value is taken for zero."""
MISSING_ZERO: Final = 1
"""Zero and missing values go the default way."""


@dataclass(frozen=True, slots=True)
class Split:
    """A question of a tree.

    Attributes
    ----------
    feature : int
        The column that is asked about.
    threshold : float
        A number up to it goes left; NaN where categories do.
    categories : frozenset of int or None
        The codes that go left; None for numbers.
    missing : int
        ``MISSING_NONE``, ``MISSING_ZERO``, or another number where only missing values go the default way.
    default_left : bool
        Whether the default way is left.
    left, right : int
        The split that follows, or where it is negative ``~leaf``.
    rows : int
        How many rows of the training data were asked.
    """

    feature: int
    threshold: float
    categories: frozenset[int] | None
    missing: int
    default_left: bool
    left: int
    right: int
    rows: int


@dataclass(frozen=True, slots=True)
class Tree:
    """Splits, the first of which is the root, and leaves.

    Attributes
    ----------
    splits : tuple of Split
        None where the tree is one leaf.
    leaf_values : tuple of float
        What each leaf adds to the raw score.
    leaf_rows : tuple of int
        How many rows of the training data reached each leaf.
    """

    splits: tuple[Split, ...]
    leaf_values: tuple[float, ...]
    leaf_rows: tuple[int, ...]

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "Tree":
        """Read a tree from the lines of its section.

        Raises
        ------
        KeyError, ValueError
            Where the section is not as LightGBM writes it.
        """
        values = _numbers(fields["leaf_value"])
        if len(values) == 1:
            return cls((), values, (0,))
        tree = cls(tuple(_splits(fields)), values, _integers(fields["leaf_count"]))
        tree._check()
        return tree

    @property
    def mean(self) -> float:
        """The mean of the leaves over the training data: what the tree adds before anything is known."""
        if not self.splits:
            return self.leaf_values[0]
        return sum(
            rows / self.splits[0].rows * value for rows, value in zip(self.leaf_rows, self.leaf_values, strict=True)
        )

    def _check(self) -> None:
        """Require every node but the root once as a child, after its parent, and reached by some row."""
        children = [child for split in self.splits for child in (split.left, split.right)]
        is_after = all(
            not 0 <= child <= node for node, split in enumerate(self.splits) for child in (split.left, split.right)
        )
        if sorted(children) != [*range(-len(self.leaf_values), 0), *range(1, len(self.splits))] or not is_after:
            raise ValueError("its nodes are no tree")
        if min(*self.leaf_rows, *(split.rows for split in self.splits)) < 1:
            raise ValueError("a node has no rows")

    def rows(self, node: int) -> int:
        """Return how many rows of the training data came to a split, or to the leaf ``~node``."""
        return self.splits[node].rows if node >= 0 else self.leaf_rows[~node]


def _splits(fields: Mapping[str, str]) -> Iterator[Split]:
    columns = ("split_feature", "decision_type", "left_child", "right_child", "internal_count")
    sets = _category_sets(fields) if int(fields["num_cat"]) else ()
    numbers = zip(_numbers(fields["threshold"]), *(_integers(fields[name]) for name in columns), strict=True)
    for threshold, feature, decision, left, right, rows in numbers:
        is_categorical = bool(decision & _IS_CATEGORICAL)
        yield Split(
            feature=feature,
            threshold=float("nan") if is_categorical else threshold,
            categories=sets[int(threshold)] if is_categorical else None,
            missing=decision >> _MISSING_SHIFT & _MISSING_KINDS,
            default_left=bool(decision & _DEFAULT_LEFT),
            left=left,
            right=right,
            rows=rows,
        )


def _category_sets(fields: Mapping[str, str]) -> tuple[frozenset[int], ...]:
    """Return the sets of codes, which the text holds as bits of 32-bit words."""
    bounds, words = _integers(fields["cat_boundaries"]), _integers(fields["cat_threshold"])
    parts = [words[start:end] for start, end in pairwise(bounds)]
    return tuple(
        frozenset(32 * place + bit for place, word in enumerate(part) for bit in range(32) if word >> bit & 1)
        for part in parts
    )


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, text.split()))


def _integers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))
