"""Values of categories that too few leads have to be told apart."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from features.custom_content import content_of
from features.fitting import LEAST_LEADS_PER_CATEGORY
from features.schema import column_kind, kept_columns
from features.tables import Tables
from features.text_column import text_column

_NOT_CATEGORIES: Final = frozenset({"lead_id", "company_id", "job_title", "outcome", "lost_reason"})


@dataclass(frozen=True, slots=True)
class RareCategories:
    """The values of a column that stand in fewer than ten rows; not which they are, for they may be names of people.

    Attributes
    ----------
    table, column : str
        Where they are.
    values : int
        How many such values there are.
    of : int
        How many values there are.
    rows : int
        In how many rows they stand.
    """

    table: str
    column: str
    values: int
    of: int
    rows: int


def rare_categories(tables: Tables) -> tuple[RareCategories, ...]:
    """Return the columns of leads and companies with rare values, most rows first."""
    found = (
        _rare(table, str(column), frame[column])
        for table, frame in (("leads", tables.leads), ("companies", tables.companies))
        for column in frame.columns
        if _is_category(table, str(column), frame[column])
    )
    return tuple(sorted((one for one in found if one is not None), key=lambda one: -one.rows))


def _is_category(table: str, column: str, values: pd.Series) -> bool:
    declared = kept_columns(table).get(column)
    if declared is not None:
        return column not in _NOT_CATEGORIES and column_kind(declared) == "text"
    return content_of(text_column(values)) == "category"


def _rare(table: str, column: str, values: pd.Series) -> RareCategories | None:
    counts = values.value_counts()
    rare = counts[counts < LEAST_LEADS_PER_CATEGORY]
    if rare.empty:
        return None
    return RareCategories(table, column, len(rare), len(counts), int(rare.sum()))
