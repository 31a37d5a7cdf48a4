"""Opaque record identifiers as a CRM hands them out: 18 letters and digits."""

from typing import Final

import numpy as np
import pandas as pd

_ALPHABET: Final = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", dtype=np.uint8)
_DIGITS: Final = 8
_FIRST: Final = 97_531_864_209_753
_SCRAMBLE: Final = 618_033_988_753
"""Odd and not a multiple of 31, so multiplication by it modulo 62**8 gives each number an identifier of its own."""


def identifiers(prefix: str, size: int) -> pd.Series:
    """Return ``size`` distinct identifiers that start with the three letters of their kind of record.

    Their order tells nothing about the order of the records.
    """
    number = (_FIRST + np.arange(size, dtype=np.int64) * _SCRAMBLE) % 62**_DIGITS
    digits = number[:, None] // 62 ** np.arange(_DIGITS - 1, -1, -1, dtype=np.int64) % 62
    letters = np.ascontiguousarray(_ALPHABET[digits]).view(f"S{_DIGITS}").ravel().astype(str)
    return f"{prefix}5i00" + pd.Series(letters, dtype="str") + "AAA"
