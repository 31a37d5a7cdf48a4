"""Times as CRMs and spreadsheets write them, into ISO 8601."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray, IntArray
from features.importing.mapping import DateOrder
from features.validation import marks, parse_times

Written: TypeAlias = Literal["year first", "day first", "month first", "excel", "epoch", "end of day"]

_CLOCK: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}(?:\.\d+)?))? ?(?P<half>[AaPp]\.?[Mm]\.?)?"
_OFFSET: Final = r" ?(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_REST: Final = rf"(?:[ T,]+{_CLOCK}{_OFFSET})?$"
_YEAR_FIRST: Final = (
    r"^(?P<year>\d{4})[-/.\x{5e74} ]+(?P<month>\d{1,2})[-/.\x{6708} ]+(?P<day>\d{1,2})\x{65e5}?" + _REST
)
_DOTS: Final = r"^(?P<first>\d{1,2})\. ?(?P<second_part>\d{1,2})\. ?(?P<year>\d{4})" + _REST
_SLASHES: Final = r"^(?P<first>\d{1,2})[/-](?P<second_part>\d{1,2})[/-](?P<year>\d{4})" + _REST
_ISO: Final = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$"
_DAY_ONLY: Final = r"^\d{4}-\d{2}-\d{2}$"
_SERIAL: Final = r"^[2-7]\d{4}(?:\.\d+)?$"
_EPOCH_MS: Final = r"^1\d{12}$"
_MOST_MONTHS: Final = 12
_SERIAL_OF_EPOCH: Final = 25_569
_MS_PER_DAY: Final = 86_400_000
_END_OF_DAY: Final = "T23:59:59.999"


@dataclass(frozen=True)
class ClockText:
    """A column of times, spelt anew.

    Attributes
    ----------
    text : pyarrow.Array
        ISO 8601 where the cell could be read, else the cell as it was.
    written : dict of str to int
        How many cells were written in each way but ISO 8601, and how many days stand for their end.
    days : numpy.ndarray
        bool, cells that are a day without a clock.
    ambiguous, serial : numpy.ndarray
        bool, cells that were not read because nobody said how: day and month may be swapped; a number may be a
        spreadsheet's day.
    """

    text: pa.Array
    written: dict[Written, int]
    days: BoolArray
    ambiguous: BoolArray
    serial: BoolArray


def clock_text(text: pa.Array, order: DateOrder, *, excel: bool, end_of_day: bool) -> ClockText:
    """Spell times in ISO 8601.

    Parameters
    ----------
    text : pyarrow.Array
        Stripped; missing where blank.
    order : {"unsaid", "day first", "month first"}
        Of days and months between slashes; unsaid, it is taken from the column where one of its parts exceeds 12.
    excel : bool
        Whether numbers are days as a spreadsheet counts them; else they are only where the column has nothing else.
    end_of_day : bool
        Whether a day without a clock stands for its end: what happened on it was not known before.
    """
    speller = _Speller(text)
    if not speller.open.any():
        return speller.result(end_of_day=end_of_day)
    speller.spell("epoch", _EPOCH_MS, _from_epoch)
    speller.spell("year first", _YEAR_FIRST, lambda cells: _from_parts(cells, _YEAR_FIRST, ("month", "day")))
    speller.spell("day first", _DOTS, lambda cells: _from_parts(cells, _DOTS, ("second_part", "first")))
    slashed = speller.matching(_SLASHES)
    found = order if order != "unsaid" else _order_of(speller.cells(slashed))
    if found != "unsaid":
        parts = ("second_part", "first") if found == "day first" else ("first", "second_part")
        speller.spell(found, _SLASHES, lambda cells: _from_parts(cells, _SLASHES, parts))
    serial = speller.matching(_SERIAL)
    if excel or serial.sum() == len(text) - text.null_count:
        speller.spell("excel", _SERIAL, _from_serial)
    ambiguous = slashed & speller.open
    return speller.result(end_of_day=end_of_day, ambiguous=ambiguous, serial=serial & speller.open)


def clock_order(text: pa.Array) -> IntArray:
    """Return integers that rise with the times in a column, for sorting; unreadable ones first."""
    spelt = clock_text(text, "unsaid", excel=False, end_of_day=False).text
    return parse_times(pa.chunked_array([spelt]), ZoneInfo("UTC")).instants_ms


class _Speller:
    """Cells that are spelt anew in one way after the other; ``open`` marks those that still wait."""

    def __init__(self, text: pa.Array) -> None:
        self._text = text
        self._written: dict[Written, int] = {}
        self.open: BoolArray = marks(pc.and_not(pc.is_valid(text), pc.match_substring_regex(text, _ISO)))

    def matching(self, pattern: str) -> BoolArray:
        """Return which waiting cells match a pattern."""
        if not self.open.any():
            return self.open
        return self.open & marks(pc.match_substring_regex(self._text, pattern))

    def cells(self, chosen: BoolArray) -> pa.Array:
        """Return some of the cells."""
        return self._text.filter(pa.array(chosen))

    def spell(self, way: Written, pattern: str, spelling: Callable[[pa.Array], pa.Array]) -> None:
        """Spell the cells that match a pattern."""
        chosen = self.matching(pattern)
        if chosen.any():
            self._text = pc.replace_with_mask(self._text, pa.array(chosen), spelling(self.cells(chosen)))
            self._written[way] = self._written.get(way, 0) + int(chosen.sum())
            self.open &= ~chosen

    def result(
        self, *, end_of_day: bool, ambiguous: BoolArray | None = None, serial: BoolArray | None = None
    ) -> ClockText:
        """Return what has been spelt."""
        none = np.zeros(len(self._text), dtype=np.bool_)
        text = self._text
        days = marks(pc.match_substring_regex(text, _DAY_ONLY))
        if end_of_day and days.any():
            ends = _joined(text.filter(pa.array(days)), _text(_END_OF_DAY))
            text = pc.replace_with_mask(text, pa.array(days), ends)
            self._written["end of day"] = int(days.sum())
        return ClockText(
            text, self._written, days, none if ambiguous is None else ambiguous, none if serial is None else serial
        )


def _order_of(cells: pa.Array) -> DateOrder:
    """Tell the order of days and months where one of the two parts exceeds 12 and the other never does."""
    if not len(cells):
        return "unsaid"
    parts = pc.extract_regex(cells, pattern=_SLASHES)
    first, second = (
        pc.max(pc.struct_field(parts, name).cast(pa.int64())).as_py() > _MOST_MONTHS
        for name in ("first", "second_part")
    )
    if first == second:
        return "unsaid"
    return "day first" if first else "month first"


def _from_parts(cells: pa.Array, pattern: str, month_and_day: tuple[str, str]) -> pa.Array:
    parts = pc.extract_regex(cells, pattern=pattern)

    def part(name: str) -> pa.Array:
        return pc.struct_field(parts, name).cast(pa.large_string())

    month, day = (_two_digits(part(name)) for name in month_and_day)
    date = _joined(part("year"), month, day, by="-")
    has_clock = pc.greater(pc.binary_length(part("hour")), 0)
    second = pc.if_else(pc.equal(part("second"), ""), _text("00"), part("second"))
    clock = _joined(_hour(part("hour"), part("half")), part("minute"), second, by=":")
    offset = pc.replace_substring_regex(part("offset"), "^(UTC|GMT)$", "Z")
    return pc.if_else(has_clock, _joined(date, _text("T"), clock, offset), date)


def _hour(hour: pa.Array, half: pa.Array) -> pa.Array:
    """Return the hour of 24, two digits."""
    number = pc.if_else(pc.equal(hour, ""), _text("0"), hour).cast(pa.int64())
    half = pc.utf8_slice_codeunits(pc.utf8_lower(half), 0, 1)
    twelve = pc.if_else(pc.equal(number, 12), 0, number)
    number = pc.if_else(pc.equal(half, "p"), pc.add(twelve, 12), pc.if_else(pc.equal(half, "a"), twelve, number))
    return _two_digits(number.cast(pa.large_string()))


def _text(text: str) -> pa.Scalar:
    return pa.scalar(text, pa.large_string())


def _joined(*parts: pa.Array | pa.Scalar, by: str = "") -> pa.Array:
    return pc.binary_join_element_wise(*parts, _text(by))


def _two_digits(text: pa.Array) -> pa.Array:
    return pc.utf8_lpad(text, width=2, padding="0")


def _from_serial(cells: pa.Array) -> pa.Array:
    """Return what a spreadsheet's days since 1899-12-30 stand for; a whole number is a day without a clock."""
    days = np.asarray(cells.cast(pa.float64()).to_numpy(zero_copy_only=False))
    ms = np.round((days - _SERIAL_OF_EPOCH) * _MS_PER_DAY / 1000).astype(np.int64) * 1000
    is_day = pa.array(days == np.floor(days))
    times = pa.array(ms.view("datetime64[ms]"))
    return pc.if_else(
        is_day, _formatted(times, "%Y-%m-%d"), _formatted(times.cast(pa.timestamp("s")), "%Y-%m-%dT%H:%M:%S")
    )


def _from_epoch(cells: pa.Array) -> pa.Array:
    return _formatted(cells.cast(pa.int64()).cast(pa.timestamp("ms")), "%Y-%m-%dT%H:%M:%SZ")


def _formatted(times: pa.Array, form: str) -> pa.Array:
    return pc.strftime(times, form).cast(pa.large_string())
