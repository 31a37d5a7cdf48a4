from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from features.instant import MISSING_MS, MS_PER_DAY, iso
from features.validation.times import parse_times
from serving.instant import NoInstantError, read_instant
from serving.instant_reader import ordinary_instant

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


def read_with_care(text: str) -> int | None:
    try:
        return read_instant(text, ZoneInfo("UTC"))
    except NoInstantError:
        return None


@given(
    st.datetimes(shown("1900-01-03"), shown("2199-12-29")),
    st.sampled_from(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"]),
    st.sampled_from(["", "0", "999"]),
    st.sampled_from(["Z", "+09:00", "-03:30", "-00:00", "+14:59"]),
)
def test_time_as_crms_write_it_is_read_at_once(clock: datetime, form: str, finer: str, offset: str) -> None:
    text = clock.strftime(form) + (finer if form.endswith("%f") else "") + offset
    assert ordinary_instant(text) == read_instant(text, ZoneInfo("Asia/Tokyo"))


def test_every_day_of_three_centuries_is_read_at_once() -> None:
    epoch = date(1970, 1, 1).toordinal()
    for day in range(date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()):
        assert ordinary_instant(f"{date.fromordinal(day)}T00:00Z") == (day - epoch) * MS_PER_DAY


_DIGITS = st.integers(0, 99).map("{:02}".format)
_NEAR = st.sampled_from(
    ["1899-12-31", "1900-02-29", "2000-02-29", "2023-02-29", "2024-02-29", "2199-12-31", "2200-01-01"]
)


@given(
    st.one_of(
        _NEAR, st.builds("{}{}-{}-{}".format, st.sampled_from(["19", "20", "21", "22"]), _DIGITS, _DIGITS, _DIGITS)
    ),
    st.builds("T{}:{}".format, _DIGITS, _DIGITS) | st.sampled_from(["T23:59", "T00:00", "T24:00"]),
    st.one_of(st.just(""), st.builds(":{}".format, _DIGITS), st.from_regex(r"\A:[0-5][0-9]\.[0-9]{0,10}\Z")),
    st.sampled_from(["", "Z", "z", "+0900", "+09", "+9:00", "+09:00Z", " Z"])
    | st.builds("-{}:{}".format, _DIGITS, _DIGITS),
)
def test_time_of_another_shape_or_none_is_left_to_be_read_with_care(
    day: str, clock: str, rest: str, offset: str
) -> None:
    text = day + clock + rest + offset
    assert ordinary_instant(text) in (None, read_with_care(text))


@given(st.text(), st.integers(0, 35))
def test_text_cut_or_replaced_anywhere_is_left_to_be_read_with_care(other: str, place: int) -> None:
    whole = "2026-10-01T09:12:30.123456789+09:00"
    for text in (other, whole[:place], whole[:place] + other + whole[place + 1 :], whole[place:]):
        assert ordinary_instant(text) in (None, read_with_care(text))


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
