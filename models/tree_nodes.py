"""The nodes of one tree of LightGBM's text, as numbers that are held to their ranges."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_IS_CATEGORICAL: Final = 1
_MOST_DECISION: Final = 11
"""Three kinds of missing values, left or right by default, numbers or categories."""
_WORDS: Final = 1 << 32


@dataclass(frozen=True)
class TreeNodes:
    """Splits and leaves; a child below zero is the leaf ``~child``.

    Attributes
    ----------
    leaves : int
        How many there must be.
    sets : int
        How many sets of categories there must be.
    of_split : mapping of str to list of int
        ``feature``, ``decision``, ``left``, ``right`` and ``inner_count`` of each split.
    thresholds, values : list of float
        Of each split, and of each leaf.
    boundaries, words : list of int
        Where each set of categories begins among the words that hold its bits.
    """

    leaves: int
    sets: int
    of_split: Mapping[str, list[int]]
    thresholds: list[float]
    values: list[float]
    boundaries: list[int]
    words: list[int]

    @classmethod
    def read(cls, fields: Mapping[str, str | None]) -> "TreeNodes":
        """Read the lists of a tree; raises ValueError where one that scoring does not need has another length."""
        leaves, sets = int(fields["leaves"] or 0), int(fields["sets"] or 0)
        lengths = {"gain": leaves - 1, "inner_value": leaves - 1, "inner_weight": leaves - 1}
        if leaves > 1:
            lengths |= {"leaf_weight": leaves, "leaf_count": leaves}
        for name, length in lengths.items():
            if len((fields[name] or "").split()) != length:
                raise ValueError(f"{name} needs {length} numbers")
        return cls(
            leaves=leaves,
            sets=sets,
            of_split={
                name: _integers(fields[name]) for name in ("feature", "decision", "left", "right", "inner_count")
            },
            thresholds=[float(number) for number in (fields["threshold"] or "").split()],
            values=[float(number) for number in (fields["value"] or "").split()],
            boundaries=_integers(fields["boundaries"]),
            words=_integers(fields["words"]),
        )

    def check(self, features: int) -> None:
        """Require what LightGBM takes for granted.

        Raises
        ------
        ValueError
            Where a list has another length than it needs, an index is out of range, or the nodes are no tree.
        """
        splits = self.leaves - 1
        lengths = {len(self.thresholds), *map(len, self.of_split.values())}
        if splits < 0 or lengths != {splits} or len(self.values) != self.leaves:
            raise ValueError(f"{self.leaves} leaves need {splits} splits")
        if not all(map(math.isfinite, self.values)):
            raise ValueError("a leaf is not finite")
        if not all(0 <= feature < features for feature in self.of_split["feature"]):
            raise ValueError(f"a split is about another feature than the {features} there are")
        self._check_children()
        self._check_sets()
        self._check_decisions()

    def _check_children(self) -> None:
        """Require each node but the root once as a child, after its parent."""
        left, right = self.of_split["left"], self.of_split["right"]
        nodes = [*range(-self.leaves, 0), *range(1, self.leaves - 1)] if left else []
        is_after = all(not 0 <= child <= node for side in (left, right) for node, child in enumerate(side))
        if sorted(left + right) != nodes or not is_after:
            raise ValueError("its nodes are no tree")

    def _check_sets(self) -> None:
        """Require sets of categories that lie side by side within their words."""
        ends = self.boundaries or [0]
        if len(ends) != self.sets + 1 or ends[0] != 0 or any(low >= high for low, high in pairwise(ends)):
            raise ValueError(f"its {self.sets} sets of categories overlap")
        if ends[-1] != len(self.words) or not all(0 <= word < _WORDS for word in self.words):
            raise ValueError("its sets of categories have other words than they need")

    def _check_decisions(self) -> None:
        """Require splits of a known kind, and by categories only those that name one of the sets."""
        for decision, threshold in zip(self.of_split["decision"], self.thresholds, strict=True):
            if not 0 <= decision <= _MOST_DECISION:
                raise ValueError("a split is of no known kind")
            if decision & _IS_CATEGORICAL and threshold not in range(self.sets):
                raise ValueError("a split is about another set of categories than there are")


def _integers(text: str | None) -> list[int]:
    return [int(number) for number in (text or "").split()]
