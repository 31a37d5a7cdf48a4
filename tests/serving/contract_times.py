"""Loaded by schemathesis: of all times that ISO 8601 can write, those that a request may state.

A description has no words for "not in the future", nor for "between the years 1900 and 2200".
"""

from datetime import UTC, datetime

import schemathesis
from hypothesis import strategies as st

LATEST = 1_700_000_000


def written(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


schemathesis.openapi.format("date-time", st.integers(0, LATEST).map(written))
