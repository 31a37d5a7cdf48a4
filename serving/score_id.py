"""Identifiers of answers: ULIDs, which sort by the time they were made."""

import secrets
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 26
_RANDOM_BITS: Final = 80
PATTERN: Final = r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"


def new_score_id(now_ms: int) -> str:
    """Return a new ULID (https://github.com/ulid/spec): 48 bits of time, 80 of chance, in Crockford's base 32."""
    return _encoded(now_ms << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS))


def _encoded(number: int) -> str:
    digits = []
    for _ in range(_LENGTH):
        digits.append(_ALPHABET[number & 31])
        number >>= 5
    return "".join(reversed(digits))


def first_score_id(since_ms: int) -> str:
    """Return the lowest id that an answer given at an instant, or later, can have."""
    return _encoded(max(since_ms, 0) << _RANDOM_BITS)
