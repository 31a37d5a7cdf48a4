"""Text as numbers into a short list of names: compared, parsed and encoded once a name, not once a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from features.arrays import FloatArray, IntArray, RowArray

_NO_NUMBER: Final = np.array([np.nan])
_FEW_NAMES: Final = 64
_BLOCK_ROWS: Final = 1 << 16


@dataclass(slots=True)
class TextColumn:
    """A column of text; nobody changes one, though it is not frozen, which would double the time to make it.

    Attributes
    ----------
    codes : numpy.ndarray
        int32 or int64, the position in ``names`` of each row's text; -1 where it is missing. Not to be written to.
    names : tuple of str
        The distinct texts, in ascending order.
    """

    codes: RowArray
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def codes_at(self, rows: IntArray) -> RowArray:
        """Return the codes of the given rows, -1 for a row below zero."""
        if not self.names:
            return np.full(len(rows), -1, dtype=np.int32)
        return np.where(rows >= 0, self.codes[rows], -1)

    def coded(self, codes: RowArray) -> "TextColumn":
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
        codes = np.array([-1 if text is None else position[text] for text in texts] + [-1], dtype=np.int32)
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
    code_of = np.array([*map(position.__getitem__, found), -1], dtype=np.int32)
    place = _places_in(encoded.indices)
    codes = np.empty(len(place), dtype=code_of.dtype)
    for start in range(0, len(place), _BLOCK_ROWS):  # NumPy widens the places it takes from, all at once
        code_of.take(place[start : start + _BLOCK_ROWS], out=codes[start : start + _BLOCK_ROWS], mode="wrap")
    return TextColumn(codes, tuple(map(str, distinct)))


def places(ids: pd.Series | tuple[str, ...], wanted: pd.Series | tuple[str, ...]) -> RowArray:
    """Return where each wanted text stands among the ids, -1 where it does not or is missing; not to be written to."""
    among, sought = (arrow_array(texts).cast(pa.large_string()) for texts in (ids, wanted))
    return _places_in(compute.index_in(sought, value_set=among, skip_nulls=True))


def _places_in(found: pa.Array | pa.ChunkedArray) -> RowArray:
    """Return Arrow's own memory where nothing is missing: touching new memory can take as long as the look-up."""
    known = found.fill_null(-1) if found.null_count else found
    whole = known.combine_chunks() if isinstance(known, pa.ChunkedArray) else known
    places: RowArray = whole.to_numpy()
    return places


def arrow_array(values: pd.Series | pd.api.extensions.ExtensionArray | tuple[str, ...]) -> pa.ChunkedArray:
    """Return a column as Arrow has it, without a copy where pandas keeps it so; NaN and None are null."""
    array = pa.array(values, from_pandas=True)
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def renumbered(column: TextColumn, names: tuple[str, ...]) -> RowArray:
    """Return a column's codes into another list of names, which holds all of its own."""
    position = {name: code for code, name in enumerate(names)}
    return np.array([*map(position.__getitem__, column.names), -1], dtype=np.int32)[column.codes]


def all_names(*columns: TextColumn) -> tuple[str, ...]:
    """Return the names of all columns, in ascending order."""
    return tuple(sorted({name for column in columns for name in column.names}))
