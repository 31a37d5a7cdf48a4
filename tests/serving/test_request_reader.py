"""The quick way of reading a request is the thorough one, or none at all."""

import json
from datetime import UTC, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.serving.bodies import lead_body
from features.instant import iso
from serving.asked_lead import AskedLead
from serving.custom_fields import MOST_FIELDS
from serving.examples import REQUESTS
from serving.problems import ProblemError
from serving.request_reader import read_plain
from serving.row_fields import Reading
from serving.score_request import CLOCK_SKEW_MS, HISTORIES
from serving.thorough_reading import read_thoroughly
from tests.fuzz.examples import fuzzed
from tests.fuzz.json_damage import Change, any_json, changes
from tests.serving.edge_leads import (
    CLOCKS,
    CORES,
    DAYS,
    FRACTIONS,
    MAX_ROWS,
    NESTED,
    NUMBERS,
    OFFSETS,
    PLACES,
    SPACES,
    odd_requests,
    plain_request,
    put,
)
from tests.serving.random_leads import requests

NOW_MS = 1_795_300_000_000
READING = Reading(ZoneInfo("America/New_York"), NOW_MS, MAX_ROWS)
LONG = Reading(ZoneInfo("Asia/Tokyo"), NOW_MS, max_rows=100)


def told(asked: AskedLead) -> str:
    """What was read, to the type and the bit."""
    return json.dumps(asked, sort_keys=True)


def thoroughly(content: Any, reading: Reading) -> str | None:
    try:
        return told(read_thoroughly(content, reading, ("body",)))
    except ProblemError:
        return None


def check(content: Any, reading: Reading = READING) -> None:
    quick = read_plain(content, reading)
    if quick is not None:
        assert told(quick) == thoroughly(content, reading)


CHOICES = ("won", " WON", "Can_Buy", "\x1fmust", "must\x85", "İ", "MQL ", "company", "en", "ja", "JA", "fr")
ENDS = ("2026-09-30T23:59:59Z", "2026-10-01T00:00:00Z", "2026-10-01T09:00+09:00", "2026-10-02", "", None)
ODD = (*NUMBERS, *NESTED, *CORES, *(f"{one}a{other}" for one in SPACES for other in SPACES), *SPACES)
TIMES = (
    *(f"{day}T{clock}{offset}" for day in DAYS for clock in CLOCKS for offset in ("Z", "")),
    *(f"2026-10-01T09:12:30{fraction}{offset}" for fraction in FRACTIONS for offset in OFFSETS),
    *(f"{space}2026-10-01{between}09:12Z{space}" for space in SPACES for between in "Tt _"),
)


@pytest.mark.parametrize(("part", "name"), PLACES)
def test_odd_value_anywhere_is_read_quickly_only_as_it_would_be_with_care(part: str, name: str) -> None:
    for value in (*ODD, *CHOICES, *DAYS):
        check(put(plain_request(), part, name, value))


@pytest.mark.parametrize(("part", "name"), [("lead", "created_at"), ("activities", "recorded_at"), ("as_of", "")])
def test_time_of_any_shape_is_read_quickly_only_as_it_would_be_with_care(part: str, name: str) -> None:
    for time in TIMES:
        check(put(plain_request(), part, name, time))


@given(odd_requests())
@fuzzed(500)
def test_odd_values_together_are_read_quickly_only_as_they_would_be_with_care(content: dict[str, Any]) -> None:
    check(content)


@pytest.mark.parametrize("part", ["lead", "company"])
@pytest.mark.parametrize("count", [199, 200, 201])
def test_custom_fields_are_as_many_as_may_be(part: str, count: int) -> None:
    content = plain_request()
    content[part] |= {f"field {place}": place for place in range(count)}
    assert (read_plain(content, READING) is None) == (thoroughly(content, READING) is None) == (count > MOST_FIELDS)


@pytest.mark.parametrize("table", HISTORIES)
@pytest.mark.parametrize("count", [0, MAX_ROWS, MAX_ROWS + 1])
def test_rows_are_as_many_as_may_be(table: str, count: int) -> None:
    content = plain_request()
    content[table] *= count
    assert (read_plain(content, READING) is None) == (thoroughly(content, READING) is None) == (count > MAX_ROWS)


@pytest.mark.parametrize("part", ["lead", "deals"])
def test_ends_are_read_quickly_only_as_they_would_be_with_care(part: str) -> None:
    for outcome, closed_at in product(("won", "Lost ", "open", "", None), ENDS):
        check(put(put(plain_request(), part, "outcome", outcome), part, "closed_at", closed_at))


@pytest.mark.parametrize(
    ("as_of_ms", "expected"),
    [(-1, "refused"), (0, "read"), (NOW_MS + CLOCK_SKEW_MS, "read"), (NOW_MS + CLOCK_SKEW_MS + 1, "refused")],
)
def test_as_of_lies_between_1970_and_now(as_of_ms: int, expected: str) -> None:
    content = plain_request() | {"as_of": iso(as_of_ms)}
    assert (
        (read_plain(content, READING) is not None) == (thoroughly(content, READING) is not None) == (expected == "read")
    )


@given(any_json())
@example(None)
@example([])
@example({})
@example({"lead": {"lead_id": "L1", "created_at": "2026-10-01T00:00:00Z"}, "activities": ()})
def test_nothing_that_is_no_request_is_read_quickly(content: Any) -> None:
    check(content)


@given(st.sampled_from([*REQUESTS.values()]), changes())
@fuzzed(400)
def test_changed_request_is_read_quickly_only_as_it_would_be_with_care(sent: dict[str, Any], change: Change) -> None:
    check(change(sent), LONG)


@given(requests())
@settings(deadline=None)
def test_leads_of_a_crm_are_read_quickly(content: dict[str, Any]) -> None:
    quick = read_plain(content, LONG)
    assert quick is not None
    assert told(quick) == thoroughly(content, LONG)


@pytest.mark.parametrize("content", [*REQUESTS.values(), lead_body(datetime(2026, 10, 1, tzinfo=UTC))])
def test_documented_requests_are_read_quickly(content: dict[str, Any]) -> None:
    quick = read_plain(content, LONG)
    assert quick is not None
    assert told(quick) == thoroughly(content, LONG)


LEAD = {"lead_id": "L1", "created_at": "2026-10-01T00:00:00Z"}
PLAIN: list[dict[str, Any]] = [
    {"lead": LEAD},
    {"lead": LEAD | {"lead_id": " " + "三" * 200 + "\n", "source": "\tweb ", "campaign": " "}},
    {"lead": LEAD | {"email": "Ann <ann@gmail.com>", "email_domain_kind": "company", "job_title": "x" * 1_000}},
    {"lead": LEAD | {"email_domain_kind": " COMPANY", "email": "no address"}},
    {"lead": LEAD | {"outcome": "Won", "closed_at": "2026-10-01T00:00Z", "lost_reason": None}},
    {"lead": LEAD | {"tier": 3.0, "seats": -1, "big": 2**63 - 1, "demo": True, "note": "  ", "n" * 100: " x "}},
    {"lead": LEAD | {f"field {place}": place for place in range(200)}},
    {"lead": LEAD, "company": {"employees": 10, "annual_revenue": -0.0, "founded_year": 500}},
    {"lead": LEAD | {"company_id": "C1"}, "company": {}},
    {"lead": LEAD | {"company_id": "C1"}, "company": {"company_id": "C2", "lead_id": "x"}},
    {"lead": LEAD, "activities": [{"type": "call", "occurred_at": "2026-10-01 09:00"}] * MAX_ROWS, "deals": []},
    {"lead": LEAD, "company": None, "activities": None, "as_of": None, "language": None},
    {"lead": LEAD, "as_of": "2026-10-01", "language": "ja"},
]


@pytest.mark.parametrize("content", PLAIN)
def test_what_is_plainly_valid_is_read_quickly(content: dict[str, Any]) -> None:
    quick = read_plain(content, READING)
    assert quick is not None
    assert told(quick) == thoroughly(content, READING)
