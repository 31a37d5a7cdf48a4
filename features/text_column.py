"""Text as numbers into a short list of names: compared, parsed and encoded once a name, not once a row."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class TextColumn:
    """A column of text.

    Attributes
    ----------
    codes : numpy.ndarray
        int64, the position in ``names`` of each row's text; -1 where it is missing.
    names : tuple of str
        The distinct texts, in ascending order.
    """

    codes: IntArray
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: IntArray) -> "TextColumn":
        """Return the text of the given rows; a row below zero has none."""
        if not len(self.codes):
            return TextColumn(np.full(len(rows), -1, dtype=np.int64), self.names)
        return TextColumn(np.where(rows >= 0, self.codes[rows], -1), self.names)

    def numbers(self, number_of: Callable[[tuple[str, ...]], FloatArray]) -> FloatArray:
        """Turn each name into a number; missing text becomes NaN."""
        return np.append(number_of(self.names), np.nan)[self.codes]

    def mapped(self, text_of: Callable[[str], str | None]) -> "TextColumn":
        """Turn each name into another; None becomes missing."""
        texts = [text_of(name) for name in self.names]
        names = tuple(sorted({text for text in texts if text is not None}))
        position = {name: code for code, name in enumerate(names)}
        codes = np.array([-1 if text is None else position[text] for text in texts] + [-1], dtype=np.int64)
        return TextColumn(codes[self.codes], names)

    def encoded(self, categories: tuple[str, ...]) -> FloatArray:
        """Turn each name into its category's number; a name beyond them is the number after the last."""
        position = {name: float(code) for code, name in enumerate(categories)}
        other = float(len(categories))
        return self.numbers(lambda names: np.array([position.get(name, other) for name in names], dtype=np.float64))

    def or_else(self, other: "TextColumn") -> "TextColumn":
        """Fill what is missing here from another column of the same length."""
        names = all_names(self, other)
        own = renumbered(self, names)
        return TextColumn(np.where(own >= 0, own, renumbered(other, names)), names)


def text_column(texts: pd.Series) -> TextColumn:
    """Give each distinct text of a column a number; NaN and None are missing."""
    codes, names = pd.factorize(texts, sort=True)
    return TextColumn(codes.astype(np.int64), tuple(str(name) for name in names))


def renumbered(column: TextColumn, names: tuple[str, ...]) -> IntArray:
    """Return a column's codes into another list of names, which holds all of its own."""
    position = {name: code for code, name in enumerate(names)}
    return np.array([*map(position.__getitem__, column.names), -1], dtype=np.int64)[column.codes]


def all_names(*columns: TextColumn) -> tuple[str, ...]:
    """Return the names of all columns, in ascending order."""
    return tuple(sorted({name for column in columns for name in column.names}))
