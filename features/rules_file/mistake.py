"""What is wrong with a file of rules, told so that the person who edited it can mend it."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from features.rules_file.lines import Path
from features.validation import nearest

_MOST_LISTED: Final = 20
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """One place of a rules file that breaks one rule.

    Attributes
    ----------
    line : int
        The line of the file, counted from 1.
    place : str
        The key with the tables above it, such as ``fit.employees[2].points``.
    rule : str
        What was required, in words.
    found : str
        What was there instead.
    remedy : str
        What to do next.
    """

    line: int
    place: str
    rule: str
    found: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"line {self.line}: {place}{self.rule}; found {self.found}. {self.remedy}".rstrip()


class RulesError(ValueError):
    """A rules file has mistakes; carries every one found, in the order of the lines."""

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.file = file
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: (mistake.line, mistake.place)))
        super().__init__("\n".join(f"{file}, {mistake}" for mistake in self.mistakes))


def suggestion(name: object, candidates: Collection[str]) -> str:
    """Return "Did you mean ...?", or what there is to choose from where nothing is near."""
    near = nearest(name, candidates) if isinstance(name, str) else None
    if near is not None:
        return f"Did you mean {near!r}?"
    if not candidates or len(candidates) > _MOST_LISTED:
        return ""
    return f"Known here: {', '.join(candidates)}."


def place_of(path: Path) -> str:
    """Return a path as people read it: ``fit.employees[2].points``, array elements counted from 1."""
    parts = [f"[{key + 1}]" if isinstance(key, int) else f".{_key(key)}" for key in path]
    return "".join(parts).removeprefix(".")


def shown(value: object) -> str:
    """Return a value as the file would write it."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _key(key: str) -> str:
    return (
        key
        if key.replace("_", "a").replace("-", "a").isalnum() and key.isascii()
        else json.dumps(key, ensure_ascii=False)
    )
