"""Numbers as sentences hold them, in each language."""

from typing import Final

from features.wording import Language

HOURS_PER_DAY: Final = 24
_TOO_LONG: Final = 1e15
"""From here on digits say nothing to a reader, and float64 no longer holds every integer."""
_FIVE_DIGITS: Final = 10_000
_TENTHS_BELOW_DAYS: Final = 10
_TINY_SHARE: Final = 0.001
_MYRIADS: Final = (("兆", 10**12), ("億", 10**8), ("万", 10**4))


def grouped(value: float, _language: Language) -> str:
    """Write a count: digits grouped by thousands."""
    if value.is_integer() and abs(value) < _TOO_LONG:
        return f"{int(value):,}"
    return _decimals(value, ",")


def plain(value: float, language: Language) -> str:
    """Write a number of unknown meaning: four digits may be a year, so only longer ones are grouped."""
    if value.is_integer() and abs(value) < _FIVE_DIGITS:
        return f"{int(value)}"
    return grouped(value, language) if abs(value) >= _FIVE_DIGITS else _decimals(value, "")


def amount(value: float, language: Language) -> str:
    """Write an amount of money without its currency: round ones in 億 and 万 where people read Japanese."""
    if language == "ja" and _FIVE_DIGITS <= value < _TOO_LONG and value % _FIVE_DIGITS == 0:
        return _in_myriads(int(value))
    return grouped(value, language)


def percent(share: float, _language: Language) -> str:
    """Write a share as a percentage, with as many decimals as say something."""
    places = 2 if 0 < abs(share) < _TINY_SHARE else 1
    return f"{_trimmed(f'{100 * share:,.{places}f}')}%"


def duration(days: float, language: Language) -> str:
    """Write how long something takes, unit included: hours below a day, tenths of a day below ten days."""
    hours = round(days * HOURS_PER_DAY) if 0 <= days < 1 else HOURS_PER_DAY
    if hours == 0:
        return "1時間未満" if language == "ja" else "less than an hour"
    if hours < HOURS_PER_DAY:
        return f"{hours}時間" if language == "ja" else _plural(str(hours), "hour")
    count = _days(days if days < 0 else max(days, 1.0))
    return f"{count}日" if language == "ja" else _plural(count, "day")


def _days(days: float) -> str:
    return _trimmed(f"{days:.1f}") if abs(days) < _TENTHS_BELOW_DAYS else f"{days:,.0f}"


def _plural(count: str, unit: str) -> str:
    return f"{count} {unit}" if count == "1" else f"{count} {unit}s"


def _decimals(value: float, grouping: str) -> str:
    if _FIVE_DIGITS <= abs(value) < _TOO_LONG:
        return _trimmed(f"{value:,.2f}")
    return f"{value:{grouping}.6g}"


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _in_myriads(whole: int) -> str:
    parts = []
    for name, size in _MYRIADS:
        count, whole = divmod(whole, size)
        if count:
            parts.append(f"{count:,}{name}")
    return "".join(parts)
