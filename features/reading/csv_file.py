"""A table in a CSV file, plain or gzipped."""

import re
from codecs import getincrementaldecoder
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from features.faults import Fault
from features.reading.fetched import Fetched
from features.validation import RawTable

_BLOCK_BYTES: Final = 16 << 20
_SNIFFED_BYTES: Final = 4096
_UTF_8: Final = "utf8"
_UTF_16: Final = "utf-16"
_JAPANESE_WINDOWS: Final = "cp932"
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS: Final = ",;\t|"
_NOT_IN_CP932: Final = re.compile(
    "[\u0080\u00a0\uf8f0-\uf8f3]"
)  # what Python makes of bytes that Windows Japanese does not use
_AGAIN: Final = "Export the file again."


class _UnreadableError(Exception):
    """A file is not what its name says; carries what it is instead, and what to do."""

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(found)
        self.found = found
        self.remedy = remedy


def fetch_csv(name: str, file: Path) -> Fetched:
    """Fetch a table as text.

    UTF-8 with or without a mark, UTF-16 with one, else Windows Japanese with a warning. The separator is the one of
    comma, semicolon, tab and bar that stands most often between the names of the columns.
    """
    try:
        return _fetch(name, file, _encoding(file))
    except _UnreadableError as error:
        return Fetched.failed(name, f"{file.name} is a CSV file in UTF-8", error.found, error.remedy)
    except pa.ArrowInvalid:
        remedy = "Look for a quotation mark that is never closed, or export the file again."
        return Fetched.failed(name, f"{file.name} is a CSV file in UTF-8", "something unreadable", remedy)
    except OSError as error:
        if error.errno is not None:
            raise
        return Fetched.failed(name, f"{file.name} is a whole gzip file", "a damaged or truncated one", _AGAIN)


def _opened(file: Path) -> pa.NativeFile:
    return pa.input_stream(str(file), compression="gzip" if file.suffix.lower() == ".gz" else None)


def _encoding(file: Path) -> str:
    """Tell the encoding of a file from all of it: a row that cannot be decoded would be lost in parsing."""
    if _sniff(file).startswith(_UTF_16_MARKS):
        if _is_encoded(file, _UTF_16):
            return _UTF_16
        raise _UnreadableError("UTF-16 that is damaged or cut short", _AGAIN)
    for encoding in (_UTF_8, _JAPANESE_WINDOWS):
        if _is_encoded(file, encoding):
            return encoding
    raise _UnreadableError("bytes that are neither UTF-8 nor Windows Japanese", "Save the file as CSV in UTF-8.")


def _sniff(file: Path) -> bytes:
    """Return the start of a file that may be a table."""
    with _opened(file) as stream:
        start: bytes = stream.read(_SNIFFED_BYTES)
    if not start.strip():
        raise _UnreadableError("an empty file", _AGAIN)
    if b"\0" in start and not start.startswith(_UTF_16_MARKS):
        raise _UnreadableError("UTF-16 without a mark, or binary content", "Save the file as CSV in UTF-8.")
    if len(start) < _SNIFFED_BYTES and not any(end in start for end in b"\r\n"):
        raise _UnreadableError("one line that never ends", _AGAIN)
    return start


def _separator(file: Path, encoding: str) -> str:
    """Return the separator that stands most often in the header, outside of quotation marks; the comma in doubt."""
    header = _sniff(file).decode(encoding, errors="ignore").lstrip("\ufeff").split("\n")[0]
    unquoted = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=unquoted.count)


def _is_encoded(file: Path, encoding: str) -> bool:
    decoder = getincrementaldecoder(encoding)()
    with _opened(file) as stream:
        try:
            while block := stream.read(_BLOCK_BYTES):
                text = decoder.decode(block)
                if "\0" in text:
                    raise _UnreadableError("NUL characters, as a damaged file has them", _AGAIN)
                if encoding == _JAPANESE_WINDOWS and _NOT_IN_CP932.search(text):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _fetch(name: str, file: Path, encoding: str) -> Fetched:
    ragged: list[pacsv.InvalidRow] = []

    def leave_out(row: pacsv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    with _opened(file) as stream:
        cells = pacsv.read_csv(
            stream,
            pacsv.ReadOptions(use_threads=False, block_size=_BLOCK_BYTES, encoding=encoding),
            pacsv.ParseOptions(
                delimiter=_separator(file, encoding),
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=leave_out,
            ),
            pacsv.ConvertOptions(default_column_type=pa.large_string(), strings_can_be_null=True, null_values=[""]),
        )
    _check_closed(cells)
    faults = [_ragged_fault(name, ragged)] if ragged else []
    if encoding == _JAPANESE_WINDOWS:
        faults.append(_encoding_fault(name, file))
    return Fetched([_without_blank_rows(name, cells, [row.number for row in ragged])], faults)


def _encoding_fault(name: str, file: Path) -> Fault:
    remedy = "Check that a Japanese word came through, or save the file in UTF-8."
    found = "Windows Japanese (CP932), read as such"
    return Fault(name, None, f"{file.name} is in UTF-8", found, remedy, severity="warning")


def _check_closed(cells: pa.Table) -> None:
    """Refuse a file whose end was swallowed by the last cell."""
    last = cells.column(cells.num_columns - 1)[-1].as_py() if cells.num_rows else None
    if last is not None and last.endswith(("\n", "\r")):
        remedy = "Close it, or double it where it stands for an inch or a quotation."
        raise _UnreadableError("a quotation mark that is never closed", remedy)


def _without_blank_rows(name: str, cells: pa.Table, left_out: list[int]) -> RawTable:
    """Leave out rows without any cell, as spreadsheets write them below the last record."""
    blank = pc.is_null(cells.column(0))
    for column in cells.columns[1:]:
        blank = pc.and_(blank, pc.is_null(column))
    raw = RawTable(name, cells, first_row=2, left_out=tuple(left_out))
    if not pc.any(blank).as_py():
        return raw
    lines = {raw.row_number(position.as_py()) for position in pc.indices_nonzero(blank)}
    return RawTable(name, cells.filter(pc.invert(blank)), first_row=2, left_out=tuple(sorted({*left_out, *lines})))


def _ragged_fault(name: str, ragged: list[pacsv.InvalidRow]) -> Fault:
    first = ragged[0]
    rule = f"every row has as many cells as the header, {first.expected_columns}"
    remedy = "Quote cells that hold separators or line ends, and export the file again."
    return Fault(name, None, rule, f"{first.actual_columns} cells", remedy, len(ragged), first.number)
