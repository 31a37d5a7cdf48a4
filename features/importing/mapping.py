"""What a mapping says: which files, which of their rows and columns, and what these become."""

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass
from typing import Literal, TypeAlias

from features.importing.column_rule import ColumnRule, Join
from features.importing.file_rule import FileRule, RowRule

DateOrder: TypeAlias = Literal["unsaid", "day first", "month first"]
DecimalMark: TypeAlias = Literal["unsaid", ".", ","]
Absence: TypeAlias = Literal["refuse", "tell"]


@dataclass(frozen=True, slots=True)
class Formats:
    """How cells are written.

    Attributes
    ----------
    dates : {"unsaid", "day first", "month first"}
        How 01/02/2024 is read; unsaid, it is read only where the column leaves no doubt.
    excel_dates : bool
        Whether numbers in a column of times are days as a spreadsheet counts them.
    decimal : {"unsaid", ".", ","}
        The decimal mark; unsaid, a number with a comma is refused.
    lines : mapping of str to int
        Where each of these stands, or would stand.
    """

    dates: DateOrder
    excel_dates: bool
    decimal: DecimalMark
    lines: ReadOnly[str, int]


@dataclass(frozen=True, slots=True)
class TableRule:
    """How rows of a canonical table are made of the rows of a file.

    Attributes
    ----------
    table, file : str
        The canonical table; the file, by the mapping's name for it.
    columns : tuple of ColumnRule
        Canonical columns, and custom fields that are named.
    keeps_others : bool
        Whether columns that the mapping does not mention become custom fields.
    needs, needs_any : tuple of str
        Rows without one of the former, or with none of the latter, are left out and counted.
    only, leave_out : tuple of RowRule
        Rows that are taken, where all of them hold; rows that are not, where one of them does.
    each : tuple of str
        A column of the file that lists ids, with the names that it may go by; a row is made for each. Empty for none.
    one_row_per : str
        Rows with the same value in this column become one, with the first filled cell of each column. Empty for none.
    order : str
        The column of the file by whose times rows are first and last; empty for the order of the file.
    changes_of : str
        Of the rows of a lead, in the order of time, only those are taken where this column changes. Empty for none.
    optional : bool
        Whether the rule is passed over where the file lacks a required column.
    line : int
        Where it stands in the mapping.
    """

    table: str
    file: str
    columns: tuple[ColumnRule, ...]
    keeps_others: bool
    needs: tuple[str, ...]
    needs_any: tuple[str, ...]
    only: tuple[RowRule, ...]
    leave_out: tuple[RowRule, ...]
    each: tuple[str, ...]
    one_row_per: str
    order: str
    changes_of: str
    optional: bool
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping, read.

    Attributes
    ----------
    file, version : str
        The name of its file; the version of its content.
    formats : Formats
        How cells are written.
    absent_columns : {"refuse", "tell"}
        Whether a column that is mapped but absent is an error.
    prefixes, suffixes : tuple of str
        Cut off the names of custom fields.
    files : mapping of str to FileRule
    joins : mapping of str to Join
    tables : tuple of TableRule
    """

    file: str
    version: str
    formats: Formats
    absent_columns: Absence
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    files: ReadOnly[str, FileRule]
    joins: ReadOnly[str, Join]
    tables: tuple[TableRule, ...]
