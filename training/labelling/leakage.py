"""Custom fields that tell the outcome because they are filled in after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray
from features.schema import kept_columns
from features.tables import Tables
from features.wording import Wording

MIN_FILLED: Final = 20
"""Fewer filled rows cannot show a link."""
MIN_GAP: Final = 0.6
"""Between the shares filled of won leads and of all others; honest fields stay far below."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A custom field whose being filled tells the outcome.

    Attributes
    ----------
    table, column : str
        Where it is.
    filled_of_won, filled_of_others : float
        The shares filled among won leads, and among lost and open ones.
    """

    table: str
    column: str
    filled_of_won: float
    filled_of_others: float

    @property
    def name(self) -> str:
        """The column with its table."""
        return f"{self.table}.{self.column}"

    @property
    def wording(self) -> Wording:
        """The evidence for people."""
        won, others = f"{self.filled_of_won:.1%}", f"{self.filled_of_others:.1%}"
        return Wording(
            f"filled in after the outcome: it holds a value for {won} of won leads and {others} of all others, "
            "and no history tells when it was entered",
            f"結果が出た後に入力されている項目：成約リードの{won}、その他のリードの{others}に値があり、入力日時の履歴もない",
        )


def leaks_by_being_filled(tables: Tables, outcomes: pd.DataFrame) -> tuple[Leak, ...]:
    """Find the custom fields that must not become features.

    A field with a history in ``field_history`` is read as of each snapshot and cannot leak in this way.

    Parameters
    ----------
    tables : Tables
        The source.
    outcomes : pandas.DataFrame
        As ``features.outcomes.lead_outcomes`` returns them.
    """
    won = (outcomes["outcome"] == "won").to_numpy(dtype=np.bool_)
    if not won.any() or won.all():
        return ()
    dated = frozenset(tables.field_history["field"].dropna())
    found = (_leak(column, filled, won) for column, filled in _custom_fields(tables.leads) if column not in dated)
    return tuple(leak for leak in found if leak is not None)


def _custom_fields(leads: pd.DataFrame) -> Iterator[tuple[str, BoolArray]]:
    declared = kept_columns("leads")
    for column in leads.columns:
        if column not in declared:
            yield str(column), leads[column].notna().to_numpy(dtype=np.bool_)


def _leak(column: str, filled: BoolArray, won: BoolArray) -> Leak | None:
    of_won, of_others = float(filled[won].mean()), float(filled[~won].mean())
    if filled.sum() < MIN_FILLED or abs(of_won - of_others) < MIN_GAP:
        return None
    return Leak("leads", column, of_won, of_others)
