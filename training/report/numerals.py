"""Numbers and dates as each language writes them."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from features.wording import Language

UNDEFINED: Final = "–"
"""Stands for a number that does not exist: an en dash, never a zero."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WHOLE_FACTOR: Final = 10
_TINY_SHARE: Final = 0.001
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Numerals:
    """Formats numbers and dates for one language; None and NaN become an en dash."""

    language: Language

    def count(self, value: float | None) -> str:
        """Return a whole number with thousands separators."""
        return UNDEFINED if undefined(value) else f"{value:,.0f}"

    def decimal(self, value: float | None, places: int = 3) -> str:
        """Return a number with a fixed number of decimals and a real minus sign."""
        return UNDEFINED if undefined(value) else _minus(f"{value:,.{places}f}")

    def percent(self, share: float | None, places: int | None = None) -> str:
        """Return a share as a percentage: one decimal, or two below a tenth of a per cent."""
        if share is None or undefined(share):
            return UNDEFINED
        return _minus(f"{100 * share:.{_percent_places(share) if places is None else places}f}%")

    def points(self, share: float | None) -> str:
        """Return a difference of shares in percentage points."""
        if share is None or undefined(share):
            return UNDEFINED
        unit = "ポイント" if self.language == "ja" else " points"
        return f"{_minus(f'{100 * share:.1f}')}{unit}"

    def signed(self, value: float | None, places: int = 3) -> str:
        """Return a difference with its sign."""
        return UNDEFINED if undefined(value) else _minus(f"{value:+.{places}f}")

    def month(self, month: str) -> str:
        """Return ``2024-03`` as a label of two short lines."""
        year, number = month.split("-")
        return f"{int(number)}月\n{year}年" if self.language == "ja" else f"{_MONTHS[int(number) - 1]}\n{year}"

    def factor(self, value: float | None) -> str:
        """Return a factor with its sign: ``×1.4``."""
        if value is None or undefined(value):
            return UNDEFINED
        return f"×{value:.{2 if value < _WHOLE_FACTOR else 0}f}"

    def times(self, value: float | None) -> str:
        """Return how many times as much, the number alone: ``3.8``."""
        return UNDEFINED if undefined(value) else f"{value:.1f}"

    def date(self, instant_ms: int | None, time_zone: str = "UTC") -> str:
        """Return the calendar date of an instant in the given zone."""
        if instant_ms is None:
            return UNDEFINED
        day = (_EPOCH + timedelta(milliseconds=instant_ms)).astimezone(ZoneInfo(time_zone))
        if self.language == "ja":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def interval(self, low: float | None, high: float | None, places: int = 3) -> str:
        """Return an interval of plain numbers."""
        return self.span(self.decimal(low, places), self.decimal(high, places))

    def span(self, low: str, high: str) -> str:
        """Join two ends that are already written."""
        if UNDEFINED in (low, high):
            return UNDEFINED
        return f"{low}〜{high}" if self.language == "ja" else f"{low} to {high}"


def undefined(value: float | None) -> bool:
    """Tell whether there is no such number."""
    return value is None or not math.isfinite(value)


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _percent_places(share: float) -> int:
    return 2 if 0 < abs(share) < _TINY_SHARE else 1
