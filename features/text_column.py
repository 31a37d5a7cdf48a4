"""Text as numbers into a short list of names: compared, parsed and encoded once a name, not once a row."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from features.arrays import FloatArray, IntArray

_NO_NUMBER: Final = np.array([np.nan])
_ROWS_A_THREAD: Final = 2_500_000
_THREADS: Final = 2
_FEW_NAMES: Final = 64


@dataclass(slots=True)
class TextColumn:
    """A column of text; nobody changes one, though it is not frozen, which would double the time to make it.

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

    def codes_at(self, rows: IntArray) -> IntArray:
        """Return the codes of the given rows, -1 for a row below zero."""
        if not self.names:
            return np.full(len(rows), -1, dtype=np.int64)
        return np.where(rows >= 0, self.codes[rows], -1)

    def coded(self, codes: IntArray) -> "TextColumn":
        """Return the texts behind codes; names that none of them uses are dropped where they are many."""
        if len(self.names) <= max(len(codes), _FEW_NAMES):
            return TextColumn(codes, self.names)
        used = np.unique(codes[codes >= 0])
        return TextColumn(np.where(codes >= 0, used.searchsorted(codes), -1), tuple(self.names[code] for code in used))

    def take(self, rows: IntArray) -> "TextColumn":
        """Return the text of the given rows; a row below zero has none."""
        return self.coded(self.codes_at(rows))

    def numbers(self, number_of: Callable[[tuple[str, ...]], FloatArray]) -> FloatArray:
        """Turn each name into a number; missing text becomes NaN."""
        if not self.names:
            return np.full(len(self.codes), np.nan)
        return np.concatenate((number_of(self.names), _NO_NUMBER))[self.codes]

    def mapped(self, text_of: Callable[[str], str | None]) -> "TextColumn":
        """Turn each name into another; None becomes missing."""
        texts = [text_of(name) for name in self.names]
        names = tuple(sorted({text for text in texts if text is not None}))
        position = {name: code for code, name in enumerate(names)}
        codes = np.array([-1 if text is None else position[text] for text in texts] + [-1], dtype=np.int64)
        return TextColumn(codes[self.codes], names)

    def or_else(self, other: "TextColumn") -> "TextColumn":
        """Fill what is missing here from another column of the same length."""
        if not self.names or not other.names:
            return self if self.names else other
        names = all_names(self, other)
        own = renumbered(self, names)
        return TextColumn(np.where(own >= 0, own, renumbered(other, names)), names)


def encoded(columns: Sequence[TextColumn], code_of: Sequence[Mapping[str, float]]) -> FloatArray:
    """Turn the names of several columns into their categories' numbers, one row a column.

    A name beyond the categories is the number after the last; NaN is missing.
    """
    numbers: list[float] = []
    starts = []
    for column, codes in zip(columns, code_of, strict=True):
        other = float(len(codes))
        numbers.append(np.nan)  # where code -1 of the column points
        starts.append(len(numbers))
        numbers += [codes.get(name, other) for name in column.names]
    places = np.array([column.codes for column in columns]) + np.array(starts)[:, np.newaxis]
    found: FloatArray = np.array(numbers).take(places)
    return found


def text_column(texts: pd.Series | pd.api.extensions.ExtensionArray) -> TextColumn:
    """Give each distinct text of a column a number, and numbers as if they were text; NaN and None are missing."""
    # Arrow takes a third of the time of pandas, which shows where a single lead is scored.
    encoded = arrow_array(texts).dictionary_encode().combine_chunks()
    found = encoded.dictionary.to_pylist()
    distinct = sorted(found)
    position = {name: code for code, name in enumerate(distinct)}
    code_of = np.array([*map(position.__getitem__, found), -1], dtype=np.int64)
    return TextColumn(code_of[encoded.indices.fill_null(len(found)).to_numpy()], tuple(map(str, distinct)))


def places(ids: pd.Series | tuple[str, ...], wanted: pd.Series | tuple[str, ...]) -> IntArray:
    """Return where each wanted text stands among the ids, -1 where it does not or is missing."""
    among, sought = (arrow_array(texts).cast(pa.large_string()) for texts in (ids, wanted))
    found = np.empty(len(sought), dtype=np.int64)

    def look_up(start: int) -> None:
        part = compute.index_in(sought.slice(start, _ROWS_A_THREAD), value_set=among, skip_nulls=True)
        found[start : start + _ROWS_A_THREAD] = part.fill_null(-1).to_numpy()

    starts = range(0, len(sought), _ROWS_A_THREAD)
    if len(starts) <= 1:
        for start in starts:
            look_up(start)
    else:
        with ThreadPoolExecutor(_THREADS) as pool:  # Arrow lets go of the interpreter meanwhile
            list(pool.map(look_up, starts))
    return found


def arrow_array(values: pd.Series | pd.api.extensions.ExtensionArray | tuple[str, ...]) -> pa.ChunkedArray:
    """Return a column as Arrow has it, without a copy where pandas keeps it so; NaN and None are null."""
    array = pa.array(values, from_pandas=True)
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def renumbered(column: TextColumn, names: tuple[str, ...]) -> IntArray:
    """Return a column's codes into another list of names, which holds all of its own."""
    position = {name: code for code, name in enumerate(names)}
    return np.array([*map(position.__getitem__, column.names), -1], dtype=np.int64)[column.codes]


def all_names(*columns: TextColumn) -> tuple[str, ...]:
    """Return the names of all columns, in ascending order."""
    return tuple(sorted({name for column in columns for name in column.names}))
