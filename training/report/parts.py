"""What a page is made of: sections of paragraphs, facts, tables and figures, plain values that the template prints."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from training.report.figures.canvas import Drawing
from training.report.numerals import undefined

Tone: TypeAlias = Literal["good", "care", "bad", "plain"]


@dataclass(frozen=True)
class Paragraphs:
    """Running text; ``quiet`` text is a note."""

    lines: tuple[str, ...]
    quiet: bool = False
    kind: Literal["paragraphs"] = "paragraphs"


@dataclass(frozen=True)
class Fact:
    """A figure that matters, large, with what it means underneath."""

    value: str
    meaning: str


@dataclass(frozen=True)
class Facts:
    """Several facts side by side; ``small`` ones are set smaller and closer."""

    facts: tuple[Fact, ...]
    small: bool = False
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Point:
    """One item of a list, marked by a sign and a tone so that it reads without colour."""

    text: str
    tone: Tone = "plain"
    sign: str = "•"
    language: str | None = None


@dataclass(frozen=True)
class Points:
    """A list; a ``quiet`` one is a note."""

    points: tuple[Point, ...]
    quiet: bool = False
    kind: Literal["points"] = "points"


@dataclass(frozen=True)
class Strip:
    """A dot on its interval, and a reference line, as positions from 0 to 100; ``alt`` says the same in words."""

    dot: float
    low: float
    high: float
    reference: float | None
    alt: str
    filled: bool = True


@dataclass(frozen=True)
class Cell:
    """One cell of a table; ``title`` explains its text, ``below`` is set small under it, ``strip`` is drawn instead."""

    text: str = ""
    number: bool = False
    below: str = ""
    title: str = ""
    strip: Strip | None = None
    strong: bool = False
    code: bool = False


@dataclass(frozen=True)
class Column:
    """The head of a column; a drawn column and a column of short names have widths of their own."""

    title: str
    number: bool = False
    width: Literal["", "strip", "name"] = ""


@dataclass(frozen=True)
class Table:
    """Rows under heads; the first cell of a row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Picture:
    """A figure with its caption, which says how to read it."""

    drawing: Drawing
    caption: str
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class Pair:
    """Two blocks side by side where the page is wide enough."""

    left: "Block"
    right: "Block"
    kind: Literal["pair"] = "pair"


Block: TypeAlias = Paragraphs | Facts | Points | Table | Picture | Pair


@dataclass(frozen=True)
class Section:
    """A headed part of the page."""

    name: str
    title: str
    blocks: tuple[Block, ...] = field(default=())
    tone: Tone = "plain"

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """Its figures, in order."""
        return tuple(drawing for block in self.blocks for drawing in _drawings(block))


def _drawings(block: Block) -> tuple[Drawing, ...]:
    if isinstance(block, Pair):
        return (*_drawings(block.left), *_drawings(block.right))
    return (block.drawing,) if isinstance(block, Picture) else ()


@dataclass(frozen=True)
class Scale:
    """Turns numbers into positions from 0 to 100 along a strip."""

    lowest: float
    highest: float

    def position(self, value: float) -> float:
        """Return where a number stands; outside the scale is the scale's end."""
        if self.highest <= self.lowest:
            return 50.0
        return round(min(100.0, max(0.0, 100 * (value - self.lowest) / (self.highest - self.lowest))), 2)


def scale_over(values: Iterable[float | None]) -> Scale:
    """Return a scale on which every defined number has a place, with a little room at both ends."""
    known = [value for value in values if value is not None and not undefined(value)]
    if not known:
        return Scale(0.0, 1.0)
    room = 0.04 * (max(known) - min(known))
    return Scale(min(known) - room, max(known) + room)


def number_cell(text: str, title: str = "") -> Cell:
    """Return a cell that is set in figures, aligned at the right."""
    return Cell(text, number=True, title=title)
