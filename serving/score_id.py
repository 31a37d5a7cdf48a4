"""Identifiers of answers: ULIDs, which sort by the time they were made."""

import secrets
from base64 import b32encode
from typing import Final

_CROCKFORD: Final = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""From RFC 4648's digits to those of ULIDs."""

_BYTES: Final = 20
"""As many as make whole digits, 32 of them; an id is the last 26."""

_LENGTH: Final = 26
_RANDOM_BITS: Final = 80
PATTERN: Final = r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"


def new_score_id(now_ms: int) -> str:
    """Return a new ULID (https://github.com/ulid/spec): 48 bits of time, 80 of chance, in Crockford's base 32."""
    return _encoded(now_ms << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS))


def _encoded(number: int) -> str:
    return b32encode(number.to_bytes(_BYTES))[-_LENGTH:].translate(_CROCKFORD).decode()


def first_score_id(since_ms: int) -> str:
    """Return the lowest id that an answer given at an instant, or later, can have."""
    return _encoded(max(since_ms, 0) << _RANDOM_BITS)
