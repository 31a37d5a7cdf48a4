"""Times of a request as CRMs write them, read without a detour over ``datetime``; all others as before."""

from libc.limits cimport LLONG_MIN

from serving.instant import EARLIEST_MS, LATEST_MS, NoInstantError, read_instant

cdef extern from "Python.h":
    bint PyUnicode_IS_COMPACT_ASCII(object text)
    const unsigned char *PyUnicode_1BYTE_DATA(object text)

NO_INSTANT = LLONG_MIN
cdef long long _EARLIEST_MS = EARLIEST_MS
cdef long long _LATEST_MS = LATEST_MS
cdef int _NO_OFFSET = 1 << 20
cdef int _SHORTEST = 17  # without seconds, with Z
cdef int _DAYS_TO_EPOCH = 719_468  # from 1 March of the year 0
cdef int[13] _DAYS_OF_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def ordinary_instant(str text not None):
    """Return milliseconds since the epoch, finer parts cut off; None where the text is of another shape.

    Parameters
    ----------
    text : str
        ``YYYY-MM-DDTHH:MM``, then ``:SS`` with up to nine decimals or nothing, then ``Z`` or an offset ``+HH:MM``.
    """
    cdef long long instant_ms = _ordinary(text)
    return None if instant_ms == NO_INSTANT else instant_ms


cdef long long instant_of(object value, object zone) except? -1:
    """Return what ``read_instant`` does of a text without white space around it; NO_INSTANT where it is no time."""
    if type(value) is not str:
        return NO_INSTANT
    cdef long long instant_ms = _ordinary(value)
    if instant_ms != NO_INSTANT:
        return instant_ms
    try:
        return read_instant(value.strip(), zone)
    except NoInstantError:
        return NO_INSTANT


cdef long long _ordinary(str text) noexcept:
    if not PyUnicode_IS_COMPACT_ASCII(text) or len(text) < _SHORTEST:
        return NO_INSTANT
    cdef const unsigned char *at = PyUnicode_1BYTE_DATA(text)
    cdef const unsigned char *end = at + len(text)  # where a NUL stands, which is no digit
    cdef long long day = _day(at)
    cdef int minute = _two_digits(at + 11, 23) * 60 + _two_digits(at + 14, 59)
    cdef int second = 0, millisecond = 0
    if at[10] != c"T" or at[13] != c":" or _two_digits(at + 11, 23) < 0 or _two_digits(at + 14, 59) < 0:
        return NO_INSTANT
    at += 16
    if at[0] == c":" and end - at > 3:
        second = _two_digits(at + 1, 59)
        at += 3
        if at[0] == c".":
            millisecond = _millisecond(at + 1)
            at = _behind_digits(at + 1)
    cdef int offset = _offset_minutes(at, end - at)
    if day == NO_INSTANT or second < 0 or millisecond < 0 or offset == _NO_OFFSET:
        return NO_INSTANT
    cdef long long instant_ms = ((day * 1440 + minute - offset) * 60 + second) * 1000 + millisecond
    return instant_ms if _EARLIEST_MS <= instant_ms < _LATEST_MS else NO_INSTANT


cdef long long _day(const unsigned char *at) noexcept nogil:
    """Return the days since the epoch of ``YYYY-MM-DD``, NO_INSTANT where there is no such day."""
    cdef int century = _two_digits(at, 99), year = _two_digits(at + 2, 99)
    cdef int month = _two_digits(at + 5, 12), day = _two_digits(at + 8, 31)
    if century < 0 or year < 0 or month < 1 or day < 1 or at[4] != c"-" or at[7] != c"-":
        return NO_INSTANT
    year += 100 * century
    cdef bint is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if day > _DAYS_OF_MONTH[month] + (is_leap and month == 2):
        return NO_INSTANT
    # Counted from March on, so that the day that only leap years have is the last of its year.
    cdef int years = year - (month < 3)
    cdef int day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return 365 * years + years // 4 - years // 100 + years // 400 + day_of_year - _DAYS_TO_EPOCH


cdef int _offset_minutes(const unsigned char *at, Py_ssize_t length) noexcept nogil:
    """Return the minutes east of Greenwich of ``Z`` or ``+HH:MM``."""
    if length == 1 and at[0] == c"Z":
        return 0
    if length != 6 or at[3] != c":" or (at[0] != c"+" and at[0] != c"-"):
        return _NO_OFFSET
    cdef int hours = _two_digits(at + 1, 14), minutes = _two_digits(at + 4, 59)
    if hours < 0 or minutes < 0:
        return _NO_OFFSET
    return (60 * hours + minutes) * (1 if at[0] == c"+" else -1)


cdef int _millisecond(const unsigned char *at) noexcept nogil:
    """Return the first three of one to nine decimals, -1 where there are none or more."""
    cdef Py_ssize_t digits = _behind_digits(at) - at
    if not 1 <= digits <= 9:
        return -1
    cdef int found = 100 * (at[0] - c"0")
    if digits > 1:
        found += 10 * (at[1] - c"0")
    return found + (at[2] - c"0") if digits > 2 else found


cdef const unsigned char *_behind_digits(const unsigned char *at) noexcept nogil:
    while c"0" <= at[0] <= c"9":
        at += 1
    return at


cdef int _two_digits(const unsigned char *at, int most) noexcept nogil:
    """Return a number of two digits, -1 where it is none or larger."""
    if not (c"0" <= at[0] <= c"9" and c"0" <= at[1] <= c"9"):
        return -1
    cdef int number = 10 * (at[0] - c"0") + at[1] - c"0"
    return number if number <= most else -1
