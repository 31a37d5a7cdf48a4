"""What an import did: which columns became what, which rows were left out, which joins matched."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from features.faults import Fault
from features.importing.drop_reason import DropReason

Fate: TypeAlias = Literal["mapped", "custom", "dropped", "used", "unread"]


@dataclass(frozen=True, slots=True)
class ColumnFinding:
    """What became of a column of a file.

    Attributes
    ----------
    file, column : str
        Where it stands.
    fate : {"mapped", "custom", "dropped", "used", "unread"}
        ``used``: to find, to filter or to date rows, without becoming a column itself.
    becomes : tuple of str
        ``table.column``, as often as it is read.
    reason : DropReason or None
        Why it was dropped.
    """

    file: str
    column: str
    fate: Fate
    becomes: tuple[str, ...] = ()
    reason: DropReason | None = None


@dataclass(frozen=True, slots=True)
class JoinFinding:
    """How often a join found something for one column.

    Attributes
    ----------
    join, line : str, int
        The join, and where it stands in the mapping.
    place : tuple of str
        The file and the column that the keys are from.
    keys, found : int
        Rows with a key, and those of them for which something was found.
    example : str
        A key that was not found beside one of those that were searched; empty where all were found.
    may_miss : bool
        Whether it is in order that none is found.
    """

    join: str
    line: int
    place: tuple[str, str]
    keys: int
    found: int
    example: str
    may_miss: bool

    @property
    def found_nothing(self) -> bool:
        """Whether there were keys, and not one of them was found though it should have been."""
        return bool(self.keys) and not self.found and not self.may_miss


@dataclass(frozen=True, slots=True)
class RowFinding:
    """How many rows a rule made of how many, and how many it left out because something needed was blank."""

    file: str
    table: str
    rows: int
    made: int
    lacking: int
    line: int


@dataclass(frozen=True, slots=True)
class FileFinding:
    """A file with its rows, and those left out at once, such as deleted ones."""

    file: str
    kind: str
    rows: int
    left_out: int


@dataclass(frozen=True, slots=True)
class AbsentFinding:
    """A column that is mapped and that the export does not have."""

    file: str
    column: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class ValueFinding:
    """A value that no translation knows, and what became of it."""

    file: str
    column: str
    value: str
    rows: int
    first_row: int
    translation: str
    line: int
    is_kept: bool


@dataclass
class Findings:
    """Everything found while a source is imported, in the order found.

    Attributes
    ----------
    mapping : str
        The name of the mapping's file.
    faults : list of Fault
        What is wrong, and what to know.
    """

    mapping: str
    files: list[FileFinding] = field(default_factory=list)
    columns: list[ColumnFinding] = field(default_factory=list)
    joins: list[JoinFinding] = field(default_factory=list)
    rows: list[RowFinding] = field(default_factory=list)
    absent: list[AbsentFinding] = field(default_factory=list)
    values: list[ValueFinding] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def line(self, number: int) -> str:
        """Return how a line of the mapping is told."""
        return f"line {number} of {self.mapping}"
