"""One time of a request as an instant, read as ``features.validation`` reads a column of them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

_OFFSET = r"(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)"
_SHAPE: Final = re.compile(rf"\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{{1,9}})?)?(?:{_OFFSET})?)?", re.ASCII)
"""Of every time; which digits there may be is left to ``datetime``, which takes half as long to tell."""

_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?"
_TIME: Final = re.compile(f"{_DAY}(?:[T ]{_CLOCK}(?:{_OFFSET})?)?", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_FORM: Final = "must be a time in ISO 8601, such as 2026-03-31T09:30:00+09:00"
EARLIEST_MS: Final = -2_208_988_800_000
LATEST_MS: Final = 7_258_118_400_000
_YEARS: Final = range(1899, 2201)
"""Of clocks anywhere at these instants; at the ends of the calendar there is no telling what another zone shows."""

RANGE: Final = "between the years 1900 and 2200"
"""As the canonical tables allow them."""


class NoInstantError(ValueError):
    """A text is no time, or one that no row of a CRM can have."""


def read_instant(text: str, zone: ZoneInfo) -> int:
    """Return milliseconds since the epoch, finer parts cut off.

    Parameters
    ----------
    text : str
        ISO 8601: a day, or a day and a clock, with or without an offset.
    zone : zoneinfo.ZoneInfo
        Where a time without offset was written down. Of an hour that the clock shows twice the later one is taken; a
        clock that was never shown stands for the moment at which clocks were put forward.

    Raises
    ------
    NoInstantError
        Says what was required; the text itself is not repeated.
    """
    if _SHAPE.fullmatch(text) is None:
        raise NoInstantError(_FORM)
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise NoInstantError(_FORM if _TIME.fullmatch(text) is None else "must be a day that exists") from None
    if time.year in _YEARS:
        instant_ms = ((time if time.tzinfo else _localised(time, zone)) - _EPOCH) // _MILLISECOND
        if EARLIEST_MS <= instant_ms < LATEST_MS:
            return instant_ms
    raise NoInstantError(f"must lie {RANGE}")


def _localised(clock: datetime, zone: ZoneInfo) -> datetime:
    time = clock.replace(tzinfo=zone, fold=1)
    if time.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == clock:
        return time
    shifted: datetime = pd.Timestamp(clock).tz_localize(zone, nonexistent="shift_forward").to_pydatetime()
    return shifted
