"""Where records come from: validated tables, or the rows of one lead."""

from typing import Protocol

from features.arrays import FloatArray, IntArray, RowArray
from features.text_column import TextColumn


class Source(Protocol):
    """The rows of the canonical tables, a column at a time.

    Tables are named as in ``features.schema``; a column that the source does not have is all missing. Leads and
    companies are known by their row numbers.
    """

    def has(self, table: str) -> bool:
        """Tell whether the source has a table, be it empty."""

    def rows(self, table: str) -> int:
        """Count the rows of a table."""

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of the columns of a table."""

    def text(self, table: str, column: str) -> TextColumn:
        """Return a column of text."""

    def numbers(self, table: str, column: str) -> FloatArray:
        """Return a column of numbers, NaN where missing."""

    def instants(self, table: str, column: str) -> IntArray:
        """Return a column of times in milliseconds since the epoch, ``MISSING_MS`` where missing."""

    def lead_of(self, table: str) -> RowArray:
        """Return the lead of each row of a table, -1 where it is none of the source's."""

    def company_of(self, table: str) -> IntArray:
        """Return the company of each row of leads or deals, -1 where it has none.

        Companies without a row of their own are numbered after those that have one.
        """
