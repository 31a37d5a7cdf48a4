"""Cells as text, whatever type they had in the source."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_LARGEST_WHOLE = 2.0**53


def text_of(value: object) -> str | None:
    """Return one Python value as text: true and false, whole numbers without a point, times as ISO 8601; None stays."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating):
        return _text_of_float(float(value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _text_of_float(number: float) -> str | None:
    if math.isnan(number):
        return None
    return str(int(number)) if number.is_integer() and abs(number) <= _LARGEST_WHOLE else repr(number)


def as_text(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the cells as text.

    Parameters
    ----------
    cells : pyarrow.ChunkedArray
        Any type that has a text form; dictionaries are decoded.

    Returns
    -------
    pyarrow.ChunkedArray
        ``large_string``; NaN becomes missing, 3.0 becomes ``3``, an instant ISO 8601 with ``Z``.

    Raises
    ------
    pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError
        The type has no text form, such as a list.
    """
    cells = decoded(cells)
    if pa.types.is_floating(cells.type):
        return _floats_as_text(cells.cast(pa.float64()))
    if pa.types.is_timestamp(cells.type):
        zone = "" if cells.type.tz is None else "Z"
        return pc.strftime(cells.cast(pa.timestamp(cells.type.unit)), f"%Y-%m-%dT%H:%M:%S{zone}").cast(
            pa.large_string()
        )
    return cells.cast(pa.large_string())


def decoded(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the cells with a dictionary, as categories are stored, resolved to its values."""
    return cells.cast(cells.type.value_type) if pa.types.is_dictionary(cells.type) else cells


def _floats_as_text(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    cells = pc.if_else(pc.is_nan(cells), pa.scalar(None, pa.float64()), cells)
    whole = pc.and_(pc.equal(cells, pc.floor(cells)), pc.less_equal(pc.abs(cells), _LARGEST_WHOLE))
    integers = pc.if_else(whole, cells, 0.0).cast(pa.int64())
    return pc.if_else(whole, integers.cast(pa.large_string()), cells.cast(pa.large_string()))


def stripped(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the text without white space around it; blank is missing."""
    return without_blanks(pc.utf8_trim_whitespace(text))


def without_blanks(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the text as it is, with cells of white space only made missing."""
    blank = pc.equal(pc.binary_length(pc.utf8_trim_whitespace(text)), 0)
    return pc.if_else(blank, pa.scalar(None, pa.large_string()), text)


def as_column(text: pa.ChunkedArray) -> pd.Series:
    """Return the text as a pandas column of dtype ``str``."""
    column: pd.Series = text.to_pandas()
    return column.astype("str")
