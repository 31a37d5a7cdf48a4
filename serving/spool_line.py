"""An answer as a line of the spool: a checksum, then JSON that names every field."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import fields
from typing import Any, Final
from zlib import crc32

import orjson

from serving.history_entry import HistoryEntry

_NAMES: Final = frozenset(field.name for field in fields(HistoryEntry))
_HEAD_LENGTH: Final = len("00000000 ")


class DamagedLineError(ValueError):
    """A line is not what was written."""


def encoded(entry: HistoryEntry) -> bytes:
    """Return the line of an answer, its end included.

    Raises
    ------
    ValueError
        Where it holds what is no text.
    """
    try:
        content = orjson.dumps(entry, default=_text_of_bytes)
    except orjson.JSONEncodeError as error:
        raise ValueError(str(error)) from None
    return b"%08x %b\n" % (crc32(content), content)


def _text_of_bytes(inputs: bytes) -> str:
    return urlsafe_b64encode(inputs).decode()


def decoded(line: bytes) -> HistoryEntry:
    """Return the answer of a line, its end included; a field that only a newer version knows is left out.

    Raises
    ------
    DamagedLineError
        Where it is torn or altered.
    """
    head, content, end = line[:_HEAD_LENGTH], line[_HEAD_LENGTH:-1], line[-1:]
    if end != b"\n" or head != b"%08x " % crc32(content):
        raise DamagedLineError("torn or altered")
    try:
        return _entry(orjson.loads(content))
    except (orjson.JSONDecodeError, TypeError, ValueError, AttributeError) as error:
        raise DamagedLineError(f"not an answer: {type(error).__name__}") from None


def _entry(told: dict[str, Any]) -> HistoryEntry:
    """Return an answer; what it holds has its types, or the line would have another checksum."""
    inputs = told.get("inputs")
    if inputs is not None:
        told["inputs"] = urlsafe_b64decode(inputs)
    if told.keys() <= _NAMES:
        return HistoryEntry(**told)
    return HistoryEntry(**{name: told[name] for name in told.keys() & _NAMES})
