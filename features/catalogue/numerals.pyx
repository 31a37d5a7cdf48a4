"""Numbers as sentences hold them, in each language."""

from libc.math cimport fabs, floor, fmod, isfinite, rint

cdef enum:
    HOURS_PER_DAY = 24
    FIVE_DIGITS = 10_000

# From here on digits say nothing to a reader, and float64 no longer holds every integer.
cdef double TOO_LONG = 1e15
cdef double TINY_SHARE = 0.001
cdef tuple MYRIADS = (("兆", 10**12), ("億", 10**8), ("万", 10**4))


cpdef str grouped(double value, str language):
    """Write a count: digits grouped by thousands."""
    if _is_whole(value) and fabs(value) < TOO_LONG:
        return str(<long long> value) if fabs(value) < 1000 else f"{<long long> value:,}"
    return _decimals(value, ",")


cpdef str plain(double value, str language):
    """Write a number of unknown meaning: four digits may be a year, so only longer ones are grouped."""
    if _is_whole(value) and fabs(value) < FIVE_DIGITS:
        return str(<long long> value)
    return grouped(value, language) if fabs(value) >= FIVE_DIGITS else _decimals(value, "")


cpdef str amount(double value, str language):
    """Write an amount of money without its currency: round ones in 億 and 万 where people read Japanese."""
    if language == "ja" and FIVE_DIGITS <= value < TOO_LONG and fmod(value, FIVE_DIGITS) == 0:
        return _in_myriads(<long long> value)
    return grouped(value, language)


cpdef str percent(double share, str language):
    """Write a share as a percentage, with as many decimals as say something."""
    cdef int places = 2 if 0 < fabs(share) < TINY_SHARE else 1
    return f"{_trimmed(f'{100 * share:,.{places}f}')}%"


cpdef str duration(double days, str language):
    """Write how long something takes, unit included: hours below a day, tenths of a day below ten days."""
    cdef int hours = <int> rint(days * HOURS_PER_DAY) if 0 <= days < 1 else HOURS_PER_DAY
    if hours == 0:
        return "1時間未満" if language == "ja" else "less than an hour"
    if hours < HOURS_PER_DAY:
        return f"{hours}時間" if language == "ja" else _plural(str(hours), "hour")
    count = _days(days if days < 0 else max(days, 1.0))
    return f"{count}日" if language == "ja" else _plural(count, "day")


cdef bint _is_whole(double value):
    return isfinite(value) and floor(value) == value


cdef str _days(double days):
    return _trimmed(f"{days:.1f}") if fabs(days) < 10 else f"{days:,.0f}"


cdef str _plural(str count, str unit):
    return f"{count} {unit}" if count == "1" else f"{count} {unit}s"


cdef str _decimals(double value, str grouping):
    if FIVE_DIGITS <= fabs(value) < TOO_LONG:
        return _trimmed(f"{value:,.2f}")
    return f"{value:{grouping}.6g}"


cdef str _trimmed(str digits):
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


cdef str _in_myriads(whole):
    parts = []
    for name, size in MYRIADS:
        count, whole = divmod(whole, size)
        if count:
            parts.append(f"{count:,}{name}")
    return "".join(parts)
