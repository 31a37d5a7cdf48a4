"""Identifiers of answers: ULIDs, which sort by the time they were made."""

import os
from typing import Final

_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS: Final = tuple(first + second for first in _DIGITS for second in _DIGITS)
_PAIR_BITS: Final = 10
_SHIFTS: Final = tuple(range(120, -1, -_PAIR_BITS))
"""Of the 13 pairs of digits of an id, the highest first."""

_RANDOM_BYTES: Final = 10
_LOW_BITS: Final = len(_PAIRS) - 1
_RANDOM_BITS: Final = 8 * _RANDOM_BYTES
PATTERN: Final = r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"


def new_score_id(now_ms: int) -> str:
    """Return a new ULID (https://github.com/ulid/spec): 48 bits of time, 80 of chance, in Crockford's base 32."""
    return _encoded(now_ms << _RANDOM_BITS | int.from_bytes(os.urandom(_RANDOM_BYTES)))


def _encoded(number: int) -> str:
    return "".join([_PAIRS[number >> shift & _LOW_BITS] for shift in _SHIFTS])


def first_score_id(since_ms: int) -> str:
    """Return the lowest id that an answer given at an instant, or later, can have."""
    return _encoded(max(since_ms, 0) << _RANDOM_BITS)
