"""A lead that comes alone."""

from math import nan
from typing import Final


class NoColleagues:
    """What is known of the company's other people where a lead comes alone: nothing, so everything is missing."""

    colleagues: Final = nan

    def colleagues_count(self, _stream: str, _days: int, /) -> float:
        """Return NaN: no colleague is known."""
        return nan

    def active_colleagues(self) -> float:
        """Return NaN: no colleague is known."""
        return nan

    def days_since_last_of_company(self) -> float:
        """Return NaN: no colleague is known."""
        return nan
