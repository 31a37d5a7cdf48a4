"""Labels that fit: wrapped and cut by width, where a Japanese character is twice as wide as a Latin one."""

from typing import Final
from unicodedata import east_asian_width

from training.report.figures.fonts import legible

_ELLIPSIS: Final = "…"
_OPENING: Final = ("（", "(", "「")
_NEVER_FIRST: Final = frozenset("、。，．）」』】・ー!?：；%)]},.")
_KATAKANA: Final = frozenset(map(chr, range(0x30A1, 0x3100)))
_SLACK: Final = 4
"""Room beyond an even share, so that a word need not be broken to make lines equal."""


def columns(text: str) -> int:
    """Return the width of a text in Latin letters."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """Break a text into at most so many lines of the given width, and cut what is left over.

    White space is collapsed, and what no font can draw becomes a box. Lines are about equally long where the text
    leaves room for that.
    """
    rest = legible(text)
    line_width = _even_width(columns(rest), width, lines)
    broken: list[str] = []
    while len(broken) < lines - 1 and columns(rest) > line_width:
        end = _break(rest, line_width)
        broken.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return "\n".join([*broken, shortened(rest, width)])


def shortened(text: str, width: int) -> str:
    """Cut a text to a width; an ellipsis shows where."""
    if columns(text) <= width:
        return text
    return text[: _fitting(text, width - columns(_ELLIPSIS))].rstrip() + _ELLIPSIS


def _even_width(total: int, width: int, lines: int) -> int:
    """Return the width of lines that share a text evenly; the full width where it fits on one line or hardly at all."""
    if total <= width:
        return width
    return min(width, -(-total // lines) + _SLACK)


def _break(text: str, width: int) -> int:
    """Return where to break: at the last space or opening bracket that fits, else after the last whole character."""
    end = _fitting(text, width)
    natural = max(text.rfind(mark, 0, end + 1) for mark in (" ", *_OPENING))
    if natural > end // 2:
        return natural
    least = end // 3
    whole = end
    while whole > least and whole < len(text) and not _may_part(text[whole - 1], text[whole]):
        whole -= 1
    return whole if whole > least else max(end, 1)


def _may_part(last: str, first: str) -> bool:
    """Tell whether a line may end between two characters: not inside a Katakana word, not before punctuation."""
    return first not in _NEVER_FIRST and not (last in _KATAKANA and first in _KATAKANA)


def _fitting(text: str, width: int) -> int:
    used = 0
    for position, letter in enumerate(text):
        used += columns(letter)
        if used > width:
            return position
    return len(text)
