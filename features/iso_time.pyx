"""Instants as text."""

cdef extern from "Python.h":
    str PyUnicode_DecodeASCII(const char *text, Py_ssize_t length, const char *errors)

cdef long long _MS_PER_DAY = 86_400_000
cdef long long _DAYS_TO_EPOCH = 719_468  # from 1 March of the year 0
cdef long long _FIRST_MS = -62_135_596_800_000
cdef long long _LAST_MS = 253_402_300_799_999


def iso(long long instant_ms):
    """Return an instant as ISO 8601 in UTC, with milliseconds where there are any.

    Raises
    ------
    OverflowError
        Where it lies outside of the years 1 to 9999.
    """
    if not _FIRST_MS <= instant_ms <= _LAST_MS:
        raise OverflowError("date value out of range")
    cdef char[24] text
    cdef long long since_ms = instant_ms + _DAYS_TO_EPOCH * _MS_PER_DAY  # of no instant negative
    cdef int second = since_ms % _MS_PER_DAY // 1000, millisecond = since_ms % 1000
    _write_day(text, since_ms // _MS_PER_DAY)
    text[10], text[13], text[16], text[19] = c"T", c":", c":", c"Z"
    _write_two(text + 11, second // 3600)
    _write_two(text + 14, second // 60 % 60)
    _write_two(text + 17, second % 60)
    if millisecond == 0:
        return PyUnicode_DecodeASCII(text, 20, NULL)
    text[19], text[20], text[23] = c".", c"0" + millisecond // 100, c"Z"
    _write_two(text + 21, millisecond % 100)
    return PyUnicode_DecodeASCII(text, 24, NULL)


cdef void _write_day(char *text, int days) noexcept nogil:
    """Write ``YYYY-MM-DD`` of the days since 1 March of the year 0: the day that only leap years have ends a year."""
    cdef int cycle = days // 146_097, day = days % 146_097  # 400 years each
    cdef int year_of_cycle = (day - day // 1_460 + day // 36_524 - day // 146_096) // 365
    cdef int day_of_year = day - 365 * year_of_cycle - year_of_cycle // 4 + year_of_cycle // 100
    cdef int month_from_march = (5 * day_of_year + 2) // 153
    cdef int month = month_from_march + (3 if month_from_march < 10 else -9)
    cdef int year = 400 * cycle + year_of_cycle + (month < 3)
    text[4], text[7] = c"-", c"-"
    _write_two(text, year // 100)
    _write_two(text + 2, year % 100)
    _write_two(text + 5, month)
    _write_two(text + 8, day_of_year - (153 * month_from_march + 2) // 5 + 1)


cdef void _write_two(char *text, int number) noexcept nogil:
    text[0] = c"0" + number // 10
    text[1] = c"0" + number % 10
