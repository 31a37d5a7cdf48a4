"""From a file to its tables: encoding, TOML, and the version that its content has."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from features.rules_file.lines import line_numbers
from features.rules_file.mistake import Mistake, RulesError
from features.rules_file.section import Notes, Section

_VERSION_DIGITS: Final = 12
_DEEPEST: Final = 20
_AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_FULL_WIDTH: Final = re.compile(r"[\u3000＝［］｛｝“”＂’，．０-９]")


class RulesReader:
    """A rules file, open for reading.

    Attributes
    ----------
    file : str
        The file's name, for messages.
    version : str
        Of the content: equal where the rules are, whatever the comments, the spaces and the order of the keys.
    top : Section
        The keys and tables of the file.
    """

    def __init__(self, file: str, text: str, content: Mapping[str, Any]) -> None:
        self.file = file
        self.version = _version(content)
        self._notes = Notes(line_numbers(text))
        self.top = Section(self._notes, (), content)

    def check(self) -> None:
        """End the reading.

        Raises
        ------
        RulesError
            With every mistake that was noted, and every key that nobody asked for.
        """
        for section in self._notes.sections:
            section.finish()
        if self._notes.mistakes:
            raise RulesError(self.file, self._notes.mistakes)


def read_rules(path: Path) -> RulesReader:
    """Open a rules file.

    Parameters
    ----------
    path : pathlib.Path
        TOML in UTF-8, with or without a byte order mark.

    Raises
    ------
    RulesError
        Where the file cannot be read, is not UTF-8 or not TOML; tells the line.
    """
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(path.name, [_syntax_mistake(text, str(error))]) from None
    except (ValueError, RecursionError) as error:
        raise RulesError(path.name, [_excess(text, error)]) from None
    if _is_deeper(content, _DEEPEST):
        raise RulesError(path.name, [_excess(text, RecursionError())])
    return RulesReader(path.name, text, content)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        found = f"{error.strerror} at {path}"
        raise RulesError(path.name, [Mistake(1, "", "a readable file", found, "Check the path.")]) from None
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        mistake = Mistake(line, "", "text in UTF-8", "bytes of another encoding", "Save the file as UTF-8.")
        raise RulesError(path.name, [mistake]) from None


def _syntax_mistake(text: str, message: str) -> Mistake:
    lines = text.rstrip("\n").split("\n")
    at = _AT.search(message)
    line = int(at[1]) if at and at[1] else len(lines)
    content = lines[min(line, len(lines)) - 1].strip()
    rule = f"TOML is required ({_AT.sub('', message)})"
    return Mistake(line, "", rule, repr(content), _syntax_remedy(content))


def _excess(text: str, error: Exception) -> Mistake:
    """Return the mistake of what is TOML, and yet more than can be read: it stands on the line that has most of it."""
    is_deep = isinstance(error, RecursionError)
    signs = "[{" if is_deep else "0123456789"
    amounts = [sum(map(line.count, signs)) for line in text.split("\n")]
    line = amounts.index(max(amounts)) + 1
    if is_deep:
        rule = f"tables and lists lie in one another at most {_DEEPEST} deep"
        return Mistake(line, "", rule, "more", "Write it flatter.")
    return Mistake(line, "", "numbers have at most some thousand digits", "a longer one", "Write a smaller one.")


def _is_deeper(value: object, most: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(inner) and (most == 0 or any(_is_deeper(part, most - 1) for part in inner))


def _syntax_remedy(line: str) -> str:
    if _FULL_WIDTH.search(re.sub(r'"[^"]*"', "", line)):
        return "Write signs, digits and quotation marks half-width."
    key = line.split("=", maxsplit=1)[0].strip()
    if "=" in line and not re.fullmatch(r"[A-Za-z0-9_.-]+|\"[^\"]*\"", key):
        return f'Put the key in quotes: "{key}".'
    return "Close every quotation mark and bracket, put text in quotes, and name every key once."


def _version(content: Mapping[str, Any]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:_VERSION_DIGITS]
