"""On which line of a TOML text each value stands; the standard parser does not tell."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and, within arrays, positions from 0."""


def line_numbers(text: str) -> dict[Path, int]:
    """Return the line of every table, key and array element of a valid TOML text, counted from 1.

    The text is cut into statements by trying: a statement ends at the first line where the parser takes it. Keys of an
    inline table stand on the line of their array element or statement; a table without a header of its own stands where
    the first table within it does.
    """
    lines: dict[Path, int] = {}
    table: Path = ()
    elements: dict[Path, int] = {}
    for number, statement in _statements(text):
        content = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _table(content, elements)
            for depth in range(1, len(table) + 1):
                lines.setdefault(table[:depth], number)
        else:
            lines |= {table + path: line for path, line in _values(content, number, statement)}
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    first, waiting = 1, ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not waiting and (not line.strip() or line.lstrip().startswith("#")):
            continue
        first = first if waiting else number
        waiting = f"{waiting}\n{line}" if waiting else line
        if _is_complete(waiting):
            yield first, waiting
            waiting = ""


def _is_complete(statement: str) -> bool:
    try:
        tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _table(header: Mapping[str, Any], elements: dict[Path, int]) -> Path:
    """Return the path of a header; ``elements`` counts the ``[[tables]]`` so far and is brought up to date."""
    path: Path = ()
    below: Any = header
    while isinstance(below, dict) and below:
        [(key, below)] = below.items()
        path += (key,)
        if isinstance(below, list):
            elements[path] = elements.get(path, 0) + 1
        if path in elements:
            path += (elements[path] - 1,)
    return path


def _values(content: Mapping[str, Any], line: int, statement: str) -> Iterator[tuple[Path, int]]:
    """Yield the paths of a statement; what stands inside an array element stands on the element's line."""
    for path, value in _keys((), content):
        yield path, line
        if isinstance(value, list):
            ends = _element_lines(path, statement)
            yield from (((*path, element), line + end) for element, end in enumerate(ends))


def _keys(path: Path, content: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    for key, value in content.items():
        yield (*path, key), value
        if isinstance(value, dict):
            yield from _keys((*path, key), value)


def _element_lines(path: Path, statement: str) -> list[int]:
    """Return on which line of an array's statement, from 0, each element ends: where closing the array includes it."""
    parts = statement.split("\n")
    ends: list[int] = []
    for line in range(len(parts)):
        closed = "\n".join(parts[: line + 1]) + "\n]"
        if _is_complete(closed):
            ends += [line] * (len(_at(tomllib.loads(closed), path)) - len(ends))
    return ends


def _at(content: Any, path: Path) -> Any:
    for key in path:
        content = content[key]
    return content
