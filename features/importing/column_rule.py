"""What a mapping says of a column: where its cells come from, and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from features.importing.file_rule import RowRule

Others: TypeAlias = Literal["keep", "unknown", "refuse"]
Matches: TypeAlias = Literal["one", "first", "last"]


@dataclass(frozen=True, slots=True)
class Translation:
    """What values become.

    Attributes
    ----------
    name : str
        What the mapping calls it.
    targets : mapping of str to str or None
        By folded value; None where the value means that nothing is known. ``*`` stands for any other value.
    line : int
        Where it stands in the mapping.
    """

    name: str
    targets: Mapping[str, str | None]
    line: int

    def knows(self, value: str | None) -> bool:
        """Tell whether a folded value has a meaning."""
        return value in self.targets or "*" in self.targets

    def target(self, value: str | None) -> str | None:
        """Return what a folded value becomes."""
        return self.targets["*"] if value is None or value not in self.targets else self.targets[value]


@dataclass(frozen=True, slots=True)
class Join:
    """How a row is found in another file by a key.

    Attributes
    ----------
    name, file : str
        Its own name; the file that is searched.
    key, gives : tuple of str
        The column searched in and the one that is given back, each with the names that it may go by.
    translation : Translation or None
        What keys become before they are searched; one that it does not know is searched as it is.
    matches : {"one", "first", "last"}
        ``one``: several rows with a key are an error; else the first or the last of them is taken.
    order : str
        The column of times by which rows are first and last; empty for the order of the file.
    only : tuple of RowRule
        Rows that are searched.
    may_miss : bool
        Whether it is in order that no key at all is found.
    line : int
        Where it stands in the mapping.
    """

    name: str
    file: str
    key: tuple[str, ...]
    gives: tuple[str, ...]
    translation: Translation | None
    matches: Matches
    order: str
    only: tuple[RowRule, ...]
    may_miss: bool
    line: int


@dataclass(frozen=True, slots=True)
class CellRule:
    """One way to fill a cell.

    Attributes
    ----------
    column : str
        The column of the file; empty where ``constant`` is set.
    constant : str or None
        The same for every row.
    first_id : bool
        Of a cell that lists ids, the first is taken.
    joins : tuple of Join
        Followed one after the other, from the cell on.
    translation : Translation or None
        Applied to what was found.
    others : {"keep", "unknown", "refuse"}
        What becomes of a value that the translation does not know.
    only_where : mapping of str to frozenset of str
        Canonical columns of the same row and what they must hold; elsewhere the cell stays blank.
    not_before : str
        A canonical column of times; an earlier time is moved up to it. Empty for none.
    factor : tuple of float
        What a number is multiplied and then divided by.
    field_name : bool
        The value names a column of the CRM, and becomes what the mapping calls that column.
    line : int
        Where it stands in the mapping.
    """

    column: str
    constant: str | None
    first_id: bool
    joins: tuple[Join, ...]
    translation: Translation | None
    others: Others
    only_where: Mapping[str, frozenset[str]]
    not_before: str
    factor: tuple[float, float]
    field_name: bool
    line: int


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """How a column is filled: each cell in the first way that finds something."""

    target: str
    ways: tuple[CellRule, ...]
    line: int
