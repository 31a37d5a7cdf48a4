"""Numbers far from all others."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray
from features.custom_content import content_of, numbers
from features.schema import column_kind, kept_columns
from features.tables import Tables
from features.text_column import text_column

_TABLES: Final = ("leads", "companies", "deals", "activities", "qualifications")
_FAR: Final = 3.0
"""Interquartile ranges beyond the quartiles: Tukey's far out (Tukey 1977, Exploratory Data Analysis)."""
_MIN_ROWS: Final = 40


@dataclass(frozen=True, slots=True)
class Outliers:
    """The far-out values of a column.

    Attributes
    ----------
    table, column : str
        Where they are.
    rows : int
        How many there are.
    of : int
        How many rows hold a value.
    farthest : float
        The one that is farthest away.
    median : float
        The value in the middle of all.
    """

    table: str
    column: str
    rows: int
    of: int
    farthest: float
    median: float


def outliers(tables: Tables) -> tuple[Outliers, ...]:
    """Return the columns of numbers with far-out values, the largest shares first."""
    columns = ((table, str(column)) for table in _TABLES for column in getattr(tables, table).columns)
    found = (_outliers(table, column, getattr(tables, table)[column]) for table, column in columns)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: -one.rows / one.of))


def _outliers(table: str, column: str, values: pd.Series) -> Outliers | None:
    known = _numbers(table, column, values)
    known = known[~np.isnan(known)]
    if len(known) < _MIN_ROWS:
        return None
    # Amounts and head counts spread by factors: what is far is judged on the scale on which they are even.
    scaled = np.log1p(known) if known.min() >= 0 else known
    low, median, high = np.quantile(scaled, (0.25, 0.5, 0.75))
    distance = np.abs(scaled - median)
    is_far = (scaled < low - _FAR * (high - low)) | (scaled > high + _FAR * (high - low))
    if high == low or not is_far.any():
        return None
    return Outliers(
        table, column, int(is_far.sum()), len(known), float(known[distance.argmax()]), float(np.median(known))
    )


def _numbers(table: str, column: str, values: pd.Series) -> FloatArray:
    declared = kept_columns(table).get(column)
    if declared is not None:
        kind = column_kind(declared)
        return values.to_numpy(dtype=np.float64) if kind == "number" else np.empty(0)
    text = text_column(values)
    return text.numbers(numbers) if content_of(text) == "number" else np.empty(0)
