from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from features.instant import MISSING_MS, iso
from features.validation.times import parse_times
from serving.instant import NoInstantError, read_instant

shown = datetime.fromisoformat
"""What a clock shows somewhere."""

ZONES = ["UTC", "Asia/Tokyo", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"]


def as_the_tables_read_it(text: str, zone: ZoneInfo) -> int:
    return int(parse_times(pa.chunked_array([pa.array([text], pa.large_string())]), zone).instants_ms[0])


@given(
    st.datetimes(shown("1900-01-03"), shown("2199-12-29")),
    st.sampled_from(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"]),
    st.sampled_from(["", "Z", "+09:00", "-0330", "+14"]),
    st.sampled_from(ZONES),
)
@example(shown("2026-03-08T02:30"), "%Y-%m-%dT%H:%M", "", "America/New_York")  # a clock that was never shown
@example(shown("2026-11-01T01:30"), "%Y-%m-%dT%H:%M", "", "America/New_York")  # one that was shown twice
@example(shown("2026-04-05T01:45"), "%Y-%m-%dT%H:%M", "", "Australia/Lord_Howe")
def test_time_of_a_request_is_the_instant_that_a_file_would_give(
    clock: datetime, form: str, offset: str, zone: str
) -> None:
    text = clock.strftime(form) + (offset if "T" in form or " " in form else "")
    assert read_instant(text, ZoneInfo(zone)) == as_the_tables_read_it(text, ZoneInfo(zone))


@given(st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?\Z"))
def test_what_a_file_may_not_hold_is_refused(text: str) -> None:
    try:
        instant_ms = read_instant(text, ZoneInfo("UTC"))
    except NoInstantError:
        found = as_the_tables_read_it(text, ZoneInfo("UTC"))
        assert found == MISSING_MS or not 1900 <= (np.datetime64(found, "ms").astype(datetime)).year < 2200
    else:
        assert instant_ms == as_the_tables_read_it(text, ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tomorrow", "ISO 8601"),
        ("2026-02-30", "day that exists"),
        ("2026-11-12T25:00:00Z", "ISO 8601"),
        ("20261112", "ISO 8601"),
        ("1795000000", "ISO 8601"),
        ("1899-12-31T23:59:59Z", "between the years 1900 and 2200"),
        ("2200-01-01T00:00:00Z", "between the years 1900 and 2200"),
        ("٢٠٢٦-11-12", "ISO 8601"),
    ],
)
def test_no_time_is_told_what_is_required(text: str, told: str) -> None:
    with pytest.raises(NoInstantError, match=told):
        read_instant(text, ZoneInfo("UTC"))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("text", ["0001-01-01", "0001-01-01T00:00:00", "9999-12-31", "9999-12-31T23:59:59"])
def test_ends_of_the_calendar_are_refused_in_every_zone(text: str, zone: str) -> None:
    with pytest.raises(NoInstantError, match="between the years 1900 and 2200"):
        read_instant(text, ZoneInfo(zone))


@given(st.integers(-2_000_000_000_000, 7_000_000_000_000))
def test_written_instant_reads_back(instant_ms: int) -> None:
    assert read_instant(iso(instant_ms), ZoneInfo("Asia/Tokyo")) == instant_ms
    assert iso(instant_ms).endswith("Z")


def test_milliseconds_stand_only_where_there_are_any() -> None:
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    ms = int(noon.timestamp() * 1000)
    assert iso(ms) == "2026-11-21T12:00:00Z"
    assert iso(ms + 7) == "2026-11-21T12:00:00.007Z"
    assert iso(int((noon + timedelta(days=1)).timestamp() * 1000)) == "2026-11-22T12:00:00Z"
