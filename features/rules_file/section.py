"""A table of a rules file, read key by key; a mistake is noted and reading goes on."""

import math
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from features.rules_file.lines import Path
from features.rules_file.mistake import Mistake, place_of, shown, suggestion
from features.validation import nearest
from features.wording import LANGUAGES, Wording

Choice = TypeVar("Choice", bound=str)
_NOTHING: Final = "nothing"
_LARGEST: Final = sys.float_info.max


@dataclass
class Notes:
    """What reading one file has found so far.

    Attributes
    ----------
    lines : mapping of path to int
        On which line each key stands.
    mistakes : list of Mistake
        So far.
    sections : list of Section
        Every table that was asked for, to be checked for keys that nobody asked for.
    """

    lines: Mapping[Path, int]
    mistakes: list[Mistake] = field(default_factory=list)
    sections: list["Section"] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """Return the line of a key, or of the nearest table above it that is written down."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class Section:
    """One table of the file.

    Every method that reads a value notes a mistake where the value is missing or wrong, and returns a stand-in of the
    right type, which never gets further than ``RulesReader.check``. Keys that are never asked for are mistakes too.
    """

    def __init__(self, notes: Notes, path: Path, content: Mapping[str, Any]) -> None:
        self._notes = notes
        self._path = path
        self._content = content
        self._asked: dict[str, None] = {}
        self._absent: dict[str, str] = {}
        notes.sections.append(self)

    def __contains__(self, key: str) -> bool:
        self._asked[key] = None
        return key in self._content

    def free_keys(self) -> tuple[str, ...]:
        """Return the keys of a table whose keys are free to choose."""
        self._asked |= dict.fromkeys(self._content)
        return tuple(self._content)

    def is_list(self, key: str) -> bool:
        """Tell whether a key holds a list, or an array of tables."""
        return isinstance(self._content.get(key), list)

    def line(self, key: str = "") -> int:
        """Return the line of a key, or of the table itself; of the nearest table above where it is not written down."""
        return self._notes.line_of((*self._path, key) if key else self._path)

    def note(self, key: str, rule: str, remedy: str, *, found: str | None = None) -> None:
        """Note a mistake at a key, or at the table itself where the key is empty."""
        path = (*self._path, key) if key else self._path
        value = shown(self._content[key]) if key in self._content else _NOTHING
        self._notes.mistakes.append(
            Mistake(self._notes.line_of(path), place_of(path), rule, value if found is None else found, remedy)
        )

    def number(
        self, key: str, *, least: float = -math.inf, most: float = math.inf, otherwise: float | None = None
    ) -> float:
        """Return a number from ``least`` to ``most``; ``otherwise`` where the key is absent, required without one.

        The stand-in is NaN, which compares as false with everything and so causes no mistake on top.
        """
        if otherwise is not None and key not in self:
            return otherwise
        rule = f"a number{_between(least, most)} is required"
        value = self._value(key, rule, otherwise)
        if value is None:
            return math.nan
        if not _is_number(value) or not least <= value <= most:
            self.note(key, rule, "Write it in digits, without quotes or unit." if isinstance(value, str) else "")
            return math.nan
        return float(value)

    def whole_number(self, key: str, *, least: int, most: int, otherwise: int | None = None) -> int:
        """Return a whole number from ``least`` to ``most``; the stand-in is 0."""
        rule = f"a whole number{_between(least, most)} is required"
        value = self._value(key, rule, otherwise)
        if value is None:
            return 0
        if not isinstance(value, int) or not _is_number(value) or not least <= value <= most:
            self.note(key, rule, "Write it in digits, without quotes or unit." if isinstance(value, str) else "")
            return 0
        return value

    def flag(self, key: str, *, otherwise: bool | None = None) -> bool:
        """Return true or false."""
        rule = "true or false is required"
        value = self._value(key, rule, otherwise)
        if value is not None and not isinstance(value, bool):
            self.note(key, rule, "Write true or false in lower case, without quotes.")
        return value is True

    def text(self, key: str, *, otherwise: str | None = None) -> str:
        """Return a text that is not blank."""
        rule = "a text in quotes is required"
        value = self._value(key, rule, otherwise)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self.note(key, rule, "Write it between two quotation marks.")
        return value.strip() if isinstance(value, str) else ""

    def choice(self, key: str, choices: Collection[Choice], *, otherwise: Choice | None = None) -> Choice:
        """Return one of the choices."""
        rule = f"one of {', '.join(choices)} is required"
        value = self._value(key, rule, otherwise)
        if value is not None and not _is_one_of(choices, value):
            self.note(key, rule, suggestion(value, choices) if isinstance(value, str) else "Write it in quotes.")
        return next((choice for choice in choices if choice == value), next(iter(choices)))

    def choices(self, key: str, choices: Collection[Choice]) -> tuple[Choice, ...]:
        """Return a list of some of the choices, none twice; empty where the key is absent."""
        values = self._content.get(key, []) if key in self else []
        if not isinstance(values, list):
            self.note(key, "a list in square brackets is required", 'Write it like ["a", "b"].')
            return ()
        for position, value in enumerate(values):
            self._check_element((*self._path, key, position), value, choices, values[:position])
        return tuple(choice for choice in choices if choice in values)

    def texts(self, key: str, *, otherwise: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts; a single one may stand without brackets."""
        rule = "a text in quotes, or a list of them, is required"
        value = self._value(key, rule, otherwise)
        if value is None or value is otherwise:
            return otherwise or ()
        texts = value if isinstance(value, list) else [value]
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            self.note(key, rule, 'Write it like ["a", "b"].')
            return ()
        return tuple(text.strip() for text in texts)

    def wording(self, key: str) -> Wording:
        """Return a sentence in every language, written as a table with the keys ``en`` and ``ja``."""
        section = self.section(key)
        return Wording(**{language: section.text(language) for language in LANGUAGES})

    def section(self, key: str) -> "Section":
        """Return a table within this one; an empty one where it is absent, whose required keys are then mistakes."""
        value = self._content.get(key, {}) if key in self else {}
        if not isinstance(value, dict):
            self.note(key, "a table is required", f"Write its keys below a line [{place_of((*self._path, key))}].")
            value = {}
        return Section(self._notes, (*self._path, key), value)

    def sections(self, key: str) -> tuple["Section", ...]:
        """Return the tables of an array of tables; none where it is absent."""
        value = self._content.get(key, []) if key in self else []
        if not isinstance(value, list) or not all(isinstance(element, dict) for element in value):
            self.note(
                key, "a list of tables is required", f"Write each below a line [[{place_of((*self._path, key))}]]."
            )
            return ()
        return tuple(Section(self._notes, (*self._path, key, place), table) for place, table in enumerate(value))

    def alternatives(self, key: str, plain: str) -> tuple["Section", ...]:
        """Return a table, or a list of tables, where a text stands for a table with nothing but the key ``plain``."""
        rule = "a text in quotes, a table in braces, or a list of these is required"
        value = self._value(key, rule, None)
        elements = value if isinstance(value, list) else [value]
        if not elements or not all(isinstance(element, str | dict) for element in elements):
            self.note(key, rule, "Write a text between quotation marks.")
            return ()
        tables = [element if isinstance(element, dict) else {plain: element} for element in elements]
        if not isinstance(value, list):
            return (Section(self._notes, (*self._path, key), tables[0]),)
        return tuple(Section(self._notes, (*self._path, key, place), table) for place, table in enumerate(tables))

    def finish(self) -> None:
        """Note the keys that nobody asked for, and those that are required and absent."""
        absent = dict(self._absent)
        for key in self._content:
            if key not in self._asked:
                near = nearest(key, [asked for asked in self._asked if asked not in self._content])
                absent.pop(near or "", None)
                remedy = suggestion(key, tuple(self._asked)) if near is None else f"Did you mean {near!r}?"
                self.note(key, "every key is a known one", remedy, found=repr(key))
        for key, rule in absent.items():
            self.note(key, rule, "Add it.")

    def _value(self, key: str, rule: str, otherwise: object) -> Any:
        if key in self:
            return self._content[key]
        if otherwise is None:
            self._absent[key] = rule
        return otherwise

    def _check_element(self, path: Path, value: object, choices: Collection[str], before: list[object]) -> None:
        is_known = _is_one_of(choices, value)
        if is_known and value not in before:
            return
        rule = "each stands once" if is_known else f"one of {', '.join(choices)} is required"
        mistake = Mistake(self._notes.line_of(path), place_of(path), rule, shown(value), suggestion(value, choices))
        self._notes.mistakes.append(mistake)


def _is_one_of(choices: Collection[str], value: object) -> bool:
    return isinstance(value, str) and value in choices


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _between(least: float, most: float) -> str:
    if math.isinf(least) and math.isinf(most):
        return ""
    if math.isinf(most):
        return f" of {least:,} or more"
    return f" from {least:,} to {most:,}"
