"""A source without the columns and the types of activity that a model must not see."""

from functools import cached_property

import numpy as np

from features.arrays import FloatArray, IntArray, RowArray
from features.source import Source
from features.text_column import TextColumn

ACTIVITIES = "activities"


class RemainingSource:
    """A source of which some columns are blank and some activities belong to nobody.

    Parameters
    ----------
    source : Source
        The whole.
    excluded : frozenset of str
        ``table.column`` for a column that is then missing in every row; ``activities.type`` for a type of activity,
        whose rows then count nowhere. Names that the source does not have change nothing.
    """

    def __init__(self, source: Source, excluded: frozenset[str]) -> None:
        self._source = source
        self._excluded = excluded
        prefix = f"{ACTIVITIES}."
        self._types = frozenset(name.removeprefix(prefix) for name in excluded if name.startswith(prefix))

    def has(self, table: str) -> bool:
        """Tell whether the source has a table, be it empty."""
        return self._source.has(table)

    def rows(self, table: str) -> int:
        """Count the rows of a table."""
        return self._source.rows(table)

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of the columns of a table that are left."""
        return tuple(column for column in self._source.columns(table) if f"{table}.{column}" not in self._excluded)

    def text(self, table: str, column: str) -> TextColumn:
        """Return a column of text; all missing where it is excluded."""
        if table == ACTIVITIES and column == "type":
            return self._activity_types
        if f"{table}.{column}" in self._excluded:
            return TextColumn(np.full(self.rows(table), -1, dtype=np.int64), ())
        return self._source.text(table, column)

    def numbers(self, table: str, column: str) -> FloatArray:
        """Return a column of numbers; all NaN where it is excluded."""
        if f"{table}.{column}" in self._excluded:
            return np.full(self.rows(table), np.nan)
        return self._source.numbers(table, column)

    def instants(self, table: str, column: str) -> IntArray:
        """Return a column of times, excluded or not: without them nothing can be placed in time."""
        return self._source.instants(table, column)

    def lead_of(self, table: str) -> RowArray:
        """Return the lead of each row of a table; -1 for an activity of an excluded type."""
        lead = self._source.lead_of(table)
        types = self._activity_types if table == ACTIVITIES and self._types else None
        if types is None or self._types.isdisjoint(types.names):
            return lead
        is_excluded = np.array([*(name in self._types for name in types.names), False])
        return np.where(is_excluded[types.codes], -1, lead)

    def company_of(self, table: str) -> IntArray:
        """Return the company of each row of leads or deals, -1 where it has none."""
        return self._source.company_of(table)

    @cached_property
    def _activity_types(self) -> TextColumn:
        return self._source.text(ACTIVITIES, "type")
