"""What every answer tells browsers and proxies."""

from types import MappingProxyType
from typing import Final

SECURITY_HEADERS: Final = MappingProxyType(
    {
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }
)
"""Answers are about people: nobody keeps, frames or reinterprets them."""
