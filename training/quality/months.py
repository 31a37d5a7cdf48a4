"""How many rows of each table fall into each month."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import IntArray
from features.instant import MISSING_MS, to_ms
from features.tables import Tables

_DATED_BY: Final = {
    "leads": "created_at",
    "deals": "created_at",
    "activities": "occurred_at",
    "qualifications": "answered_at",
    "stage_history": "entered_at",
    "field_history": "changed_at",
}


@dataclass(frozen=True, slots=True)
class RowsByMonth:
    """The rows of one table.

    Attributes
    ----------
    table : str
        The table.
    months : tuple of str
        ``2024-03``, without a gap from the first to the last month of any table.
    rows : tuple of int
        One number a month.
    """

    table: str
    months: tuple[str, ...]
    rows: tuple[int, ...]


def rows_by_month(tables: Tables) -> tuple[RowsByMonth, ...]:
    """Count the rows of every dated table that has some, month by month in UTC."""
    found = {table: _months(getattr(tables, table)[column]) for table, column in _DATED_BY.items()}
    found = {table: months for table, months in found.items() if len(months)}
    if not found:
        return ()
    first, last = min(one.min() for one in found.values()), max(one.max() for one in found.values())
    names = tuple(str(month) for month in np.arange(first, last + 1).astype("datetime64[M]"))
    return tuple(
        RowsByMonth(table, names, tuple(np.bincount(months - first, minlength=len(names)).tolist()))
        for table, months in found.items()
    )


def _months(times: pd.Series) -> IntArray:
    """Return the month of each time that is there, counted from January 1970."""
    instants = to_ms(times)
    months: IntArray = (
        instants[instants != MISSING_MS].astype("datetime64[ms]").astype("datetime64[M]").astype(np.int64)
    )
    return months
