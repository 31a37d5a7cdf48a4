"""Identifiers of answers: ULIDs, which sort by the time they were made."""

from os import urandom

cdef extern from "Python.h":
    str PyUnicode_DecodeASCII(const char *text, Py_ssize_t length, const char *errors)

cdef const char *_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
cdef int _RANDOM_BYTES = 10
PATTERN = r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"


def new_score_id(long long now_ms):
    """Return a new ULID (https://github.com/ulid/spec): 48 bits of time, 80 of chance, in Crockford's base 32."""
    cdef bytes chance = urandom(_RANDOM_BYTES)
    cdef unsigned long long high = 0, low = 0
    cdef int place
    for place in range(5):
        high = high << 8 | <unsigned char>chance[place]
        low = low << 8 | <unsigned char>chance[place + 5]
    return _written(now_ms, high, low)


def first_score_id(long long since_ms):
    """Return the lowest id that an answer given at an instant, or later, can have."""
    return _written(max(since_ms, 0), 0, 0)


cdef str _written(unsigned long long time_ms, unsigned long long high, unsigned long long low):
    """Write the time and two halves of what stands behind it, 40 bits each, in digits of five bits."""
    cdef char[26] text
    _write(text, 10, time_ms)
    _write(text + 10, 8, high)
    _write(text + 18, 8, low)
    return PyUnicode_DecodeASCII(text, 26, NULL)


cdef void _write(char *text, int digits, unsigned long long number) noexcept nogil:
    cdef int place
    for place in range(digits - 1, -1, -1):
        text[place] = _DIGITS[number & 31]
        number >>= 5
