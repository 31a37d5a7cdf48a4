"""An answer as a line of the spool: a checksum, then JSON that names every field."""

from typing import Final
from zlib import crc32

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from serving.history_entry import HistoryEntry

_ENTRIES: Final = TypeAdapter(HistoryEntry)
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
    content = to_json(entry, bytes_mode="base64")
    return b"%08x %b\n" % (crc32(content), content)


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
        return _ENTRIES.validate_json(content)
    except ValidationError as error:
        raise DamagedLineError(f"not an answer: {error.error_count()} faults") from None
