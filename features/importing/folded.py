"""Names and values without what differs between exports: case, width, spaces and marks."""

import unicodedata
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray

_MOST_REMEMBERED: Final = 1 << 14


@lru_cache(_MOST_REMEMBERED)
def folded_name(name: str) -> str:
    """Return the name of a column in the form in which names are compared.

    ``CreatedDate``, ``created_date`` and ``Created Date`` are the same.
    """
    return "".join(letter for letter in folded_value(name) if letter.isalnum())


def folded_value(value: str) -> str:
    """Return a value in the form in which values are compared."""
    return unicodedata.normalize("NFKC", value).strip().casefold()


def holding(cells: pa.Array, values: frozenset[str], *, anything: bool = False) -> BoolArray:
    """Return which cells hold one of some folded values, or anything at all."""
    codes, texts = folded_cells(cells)
    holds = np.array([*(anything or text in values for text in texts), False], dtype=np.bool_)
    return np.asarray(holds[codes.to_numpy(zero_copy_only=False)], dtype=np.bool_)


def folded_cells(cells: pa.Array) -> tuple[pa.Array, list[str | None]]:
    """Return which distinct value each cell holds, -1 for none, and the distinct values, folded."""
    encoded = pc.dictionary_encode(cells)
    codes = pc.fill_null(encoded.indices.cast(pa.int64()), -1)
    return codes, [folded_value(value) for value in encoded.dictionary.to_pylist()]
