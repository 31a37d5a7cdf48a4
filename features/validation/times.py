"""Cells as instants."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray, IntArray
from features.instant import MISSING_MS
from features.validation.marks import marks, matching, without_missing_words
from features.validation.text import as_text, decoded, stripped

_NS_PER_MS = 1_000_000
_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]\d|2[0-3])(?::[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)?"
_OFFSET = r" ?(?:Z|UTC|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)"
_WITH_OFFSET = f"^{_DAY}[T ]{_CLOCK}{_OFFSET}$"
_WITHOUT_OFFSET = f"^{_DAY}(?:[T ]{_CLOCK})?$"


@dataclass(frozen=True)
class ParsedTimes:
    """A column of times, read.

    Attributes
    ----------
    instants_ms : numpy.ndarray
        int64 milliseconds since the epoch, ``MISSING_MS`` where missing or wrong.
    wrong : numpy.ndarray
        Which cells are no time.
    local : numpy.ndarray
        Which cells have no offset and were read in the time zone.
    universal : numpy.ndarray
        Which cells have an offset.
    """

    instants_ms: IntArray
    wrong: BoolArray
    local: BoolArray
    universal: BoolArray


def parse_times(cells: pa.ChunkedArray, zone: ZoneInfo) -> ParsedTimes:
    """Read cells as instants, cut down to the millisecond.

    Parameters
    ----------
    cells : pyarrow.ChunkedArray
        Native times or dates, or text in ISO 8601 with or without an offset, mixed as it comes.
    zone : zoneinfo.ZoneInfo
        Where a time without offset was written down. Of an hour that the clock shows twice the later one is taken, so
        that nothing is known too early.
    """
    cells = decoded(cells)
    if pa.types.is_date(cells.type):
        cells = cells.cast(pa.timestamp("ms"))
    if pa.types.is_timestamp(cells.type):
        return _parse_native(cells, zone)
    text = stripped(as_text(cells))
    universal = matching(text, _WITH_OFFSET)
    local = matching(text, _WITHOUT_OFFSET, among=~universal)
    instants = np.full(len(text), MISSING_MS, dtype=np.int64)
    instants[universal] = _clock_ms(text.filter(pa.array(universal)), "UTC")
    instants[local] = _localised(_clock_ms(text.filter(pa.array(local)), None), zone)
    wrong = without_missing_words(text, among=instants == MISSING_MS)
    return ParsedTimes(instants, wrong, local, universal)


def _parse_native(cells: pa.ChunkedArray, zone: ZoneInfo) -> ParsedTimes:
    known = marks(pc.is_valid(cells))
    clock = _int64(
        pc.floor_temporal(cells.cast(pa.timestamp(cells.type.unit)), unit="millisecond").cast(pa.timestamp("ms"))
    )
    is_local = cells.type.tz is None
    instants = _localised(clock, zone) if is_local else clock
    return ParsedTimes(instants, np.zeros(len(known), dtype=np.bool_), known & is_local, known & (not is_local))


def _clock_ms(text: pa.ChunkedArray, zone: str | None) -> IntArray:
    """Read cells that match a pattern; MISSING_MS where the month does not have the day, such as 30 February."""
    try:
        return np.asarray(text.cast(pa.timestamp("ns", zone)).cast(pa.int64()).to_numpy()) // _NS_PER_MS
    except pa.ArrowInvalid:
        plain = _plain(text, zone)
        days = pd.to_datetime(_as_days(plain), format="%Y-%m-%d", errors="coerce")
        existing = pc.if_else(pa.array(days.notna()), plain, pa.scalar(None, plain.type))
        return _int64(existing.cast(pa.timestamp("ms", zone)))


def _plain(text: pa.ChunkedArray, zone: str | None) -> pa.ChunkedArray:
    """Spell times in the one way that Arrow reads: milliseconds, and the offset right behind them, UTC as Z."""
    text = pc.replace_substring_regex(text, r"(\.\d{3})\d+", r"\1")
    if zone is None:
        return text
    return pc.replace_substring_regex(pc.replace_substring_regex(text, r" ?UTC$", "Z"), r" ([Z+-][\d:]*)$", r"\1")


def _as_days(text: pa.ChunkedArray) -> pd.Series:
    days: pd.Series = pc.utf8_slice_codeunits(text, 0, 10).to_pandas()
    return days


def _int64(times: pa.ChunkedArray) -> IntArray:
    return np.asarray(pc.fill_null(times.cast(pa.int64()), MISSING_MS).to_numpy(), dtype=np.int64)


def _localised(clock_ms: IntArray, zone: ZoneInfo) -> IntArray:
    if zone.key == "UTC":
        return clock_ms
    clock = pd.DatetimeIndex(clock_ms.view("datetime64[ms]"))
    later = np.zeros(len(clock), dtype=np.bool_)
    return clock.tz_localize(zone, ambiguous=later, nonexistent="shift_forward").tz_convert("UTC").asi8
