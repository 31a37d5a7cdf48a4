"""Numbers and days as the page writes them; what is not defined becomes an en dash, never a zero."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from features.wording import Language

UNDEFINED: Final = "–"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def number(value: float | None, places: int = 0) -> str:
    """Return a number with thousands separators."""
    return UNDEFINED if value is None or not math.isfinite(value) else f"{value:,.{places}f}".replace("-", "−")


def percent(share: float | None, places: int = 1) -> str:
    """Return a share of one as a percentage."""
    return UNDEFINED if share is None or not math.isfinite(share) else f"{number(100 * share, places)}%"


def day(instant_ms: int | None, zone: ZoneInfo, language: Language) -> str:
    """Return the day of an instant where the reader is."""
    if instant_ms is None:
        return UNDEFINED
    found = (_EPOCH + timedelta(milliseconds=instant_ms)).astimezone(zone)
    return f"{found.year}年{found.month}月{found.day}日" if language == "ja" else f"{found:%-d %b %Y}"


def month(text: str, language: Language) -> str:
    """Return a month, such as ``2026-03``, as people write it."""
    found = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC)
    return f"{found.year}年{found.month}月" if language == "ja" else f"{found:%b %Y}"


def filters(zone: ZoneInfo, language: Language) -> dict[str, Callable[..., Any]]:
    """Return all of these, by the names that templates call them."""
    return {
        "number": number,
        "percent": percent,
        "day": partial(day, zone=zone, language=language),
        "month": partial(month, language=language),
    }
