"""Which cells something holds of."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray

_MISSING_WORDS: Final = ("nan", "-nan", "nat", "na", "n/a", "#n/a", "<na>", "null", "none")


def marks(cells: pa.ChunkedArray) -> BoolArray:
    """Return which cells are true; a missing one is not."""
    return np.asarray(pc.fill_null(cells, fill_value=False), dtype=np.bool_)


def matching(text: pa.ChunkedArray, pattern: str, among: BoolArray | None = None) -> BoolArray:
    """Return which cells match a pattern, looking only at those marked."""
    if among is None:
        return marks(pc.match_substring_regex(text, pattern))
    found = np.zeros(len(text), dtype=np.bool_)
    found[among] = marks(pc.match_substring_regex(text.filter(pa.array(among)), pattern))
    return found


def without_missing_words(text: pa.ChunkedArray, among: BoolArray) -> BoolArray:
    """Return the marked cells that hold something: programs spell out a missing number or time as NaN or NULL."""
    held = among.copy()
    words = pa.array(_MISSING_WORDS, pa.large_string())
    cells = text.filter(pa.array(among))
    held[among] = marks(pc.and_not(pc.is_valid(cells), pc.is_in(pc.utf8_lower(cells), value_set=words)))
    return held
