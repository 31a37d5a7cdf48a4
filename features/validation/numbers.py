"""Cells as numbers."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray, FloatArray
from features.validation.marks import matching, without_missing_words
from features.validation.text import as_text, decoded, stripped

_NUMBER = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"


def parse_numbers(cells: pa.ChunkedArray) -> tuple[FloatArray, BoolArray]:
    """Read cells as float64.

    Parameters
    ----------
    cells : pyarrow.ChunkedArray
        Native numbers, or text with a point as decimal mark and nothing between thousands.

    Returns
    -------
    tuple of numpy.ndarray
        The numbers, NaN where missing or wrong; and which cells are wrong: no number, or infinite.
    """
    cells = decoded(cells)
    kind = cells.type
    if (
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
    ):
        return _finite(cells.cast(pa.float64()), np.zeros(len(cells), dtype=np.bool_))
    text = stripped(as_text(cells))
    fits = matching(text, _NUMBER)
    wrong = without_missing_words(text, among=~fits)
    return _finite(pc.if_else(pa.array(fits), text, pa.scalar(None, text.type)).cast(pa.float64()), wrong)


def _finite(cells: pa.ChunkedArray, wrong: BoolArray) -> tuple[FloatArray, BoolArray]:
    numbers = np.array(pc.fill_null(cells, np.nan).to_numpy(), dtype=np.float64)
    infinite = np.isinf(numbers)
    numbers[infinite] = np.nan
    return numbers, wrong | infinite
