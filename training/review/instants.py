"""Instants as people write them."""

from datetime import datetime
from typing import TypeAlias

import pandas as pd

from features.arrays import IntArray
from features.instant import MS_PER_DAY

AsOf: TypeAlias = str | datetime | int | None


class InstantError(ValueError):
    """What was given is no instant."""


def instant_ms(as_of: AsOf, otherwise_ms: int, time_zone: str) -> int:
    """Return an instant in milliseconds since the epoch.

    Parameters
    ----------
    as_of : str, datetime, int or None
        ISO 8601 or a time, in ``time_zone`` where it has no offset; or milliseconds since the epoch.
    otherwise_ms : int
        What None stands for.
    time_zone : str
        An IANA name.

    Raises
    ------
    InstantError
        Where the text is no ISO 8601 time.
    """
    if as_of is None:
        return otherwise_ms
    if isinstance(as_of, int):
        return as_of
    try:
        instant = pd.Timestamp(as_of)
    except ValueError as error:
        raise InstantError(
            f"as_of must be an ISO 8601 time, found {as_of!r}; write one such as 2026-06-30T00:00Z"
        ) from error
    zoned = instant if instant.tzinfo else instant.tz_localize(time_zone)
    return int(zoned.timestamp() * 1000)


def days_before(instants_ms: IntArray, days: float) -> IntArray:
    """Return the instants so many days earlier, in milliseconds since the epoch."""
    return instants_ms - round(days * MS_PER_DAY)
