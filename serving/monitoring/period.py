"""The time that is looked at."""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from features.instant import MS_PER_DAY

RECENT_DAYS: Final = 31
"""What leads look like now is what they looked like for so long. No month is longer, so scores that are made once a
month are seen whenever the watch looks."""

DEFAULT_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Period:
    """From when until when.

    Attributes
    ----------
    since_ms, until_ms : int
        Milliseconds since the epoch; answers given from the one on and before the other.
    zone : zoneinfo.ZoneInfo
        Where months begin.
    """

    since_ms: int
    until_ms: int
    zone: ZoneInfo

    @property
    def recent_ms(self) -> int:
        """When the recent part begins."""
        return max(self.since_ms, self.until_ms - RECENT_DAYS * MS_PER_DAY)
