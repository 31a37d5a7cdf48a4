"""What a mapping says of a kind of file."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from features.importing.drop_reason import DropReason


@dataclass(frozen=True, slots=True)
class RowRule:
    """Which rows of a file are meant.

    Attributes
    ----------
    column : str
        A column of the file.
    values : frozenset of str
        Folded; a row is meant where the cell is one of them.
    filled : bool
        A row is meant wherever the cell holds anything.
    line : int
        Where it stands in the mapping.
    """

    column: str
    values: frozenset[str]
    filled: bool
    line: int


@dataclass(frozen=True, slots=True)
class FileRule:
    """A kind of file, or table of a database.

    Attributes
    ----------
    name : str
        What the mapping calls it.
    patterns : tuple of str
        Names that it goes by, without ending, in any case; ``*`` stands for anything.
    optional, stack : bool
        Whether it may be absent; whether several files of the kind are put on top of each other.
    leave_out : tuple of RowRule
        Rows that do not count.
    dropped : mapping of str to DropReason
        Columns that never become features, by folded name, in which ``*`` stands for anything.
    line : int
        Where it stands in the mapping.
    """

    name: str
    patterns: tuple[str, ...]
    optional: bool
    stack: bool
    leave_out: tuple[RowRule, ...]
    dropped: Mapping[str, DropReason]
    line: int

    def drop_reason(self, folded: str) -> DropReason | None:
        """Return why a column is dropped, None where it is not."""
        return next((reason for pattern, reason in self.dropped.items() if fnmatchcase(folded, pattern)), None)
