"""Loaded by schemathesis: of all times that ISO 8601 can write, those that a request may state.

A description has no words for "not in the future", nor for "between the years 1900 and 2200", nor for what one column
says of another: nothing closes before it is created, only what is decided has closed, only what is lost has a reason.
"""

from datetime import UTC, datetime
from typing import Any

import schemathesis
from hypothesis import strategies as st

LATEST = 1_700_000_000


def written(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


schemathesis.openapi.format("date-time", st.integers(0, LATEST).map(written))


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Let a lead and its deals end as files could state it, where a request is meant to be good."""
    del context, kwargs
    body = case.body
    if isinstance(body, dict) and case.meta is not None and case.meta.generation.mode.is_positive:
        for request in [body, *(body["leads"] if isinstance(body.get("leads"), list) else [])]:
            _mend_ends(request)
        if body.get("outcome") == "won" and isinstance(body.get("lost_reason"), str):
            del body["lost_reason"]


def _mend_ends(request: Any) -> None:
    if not isinstance(request, dict):
        return
    deals = request.get("deals")
    for row in [request.get("lead"), *(deals if isinstance(deals, list) else [])]:
        if isinstance(row, dict) and isinstance(row.get("closed_at"), str):
            row["closed_at"] = row.get("created_at")
            row["outcome"] = "won"
