"""Milliseconds of longer units, for those who need nothing else of ``features.instant``."""

from typing import Final

MS_PER_HOUR: Final = 3_600_000
MS_PER_DAY: Final = 24 * MS_PER_HOUR
