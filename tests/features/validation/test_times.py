import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.instant import MISSING_MS
from features.validation.times import parse_times

UTC = ZoneInfo("UTC")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
EARLIEST, LATEST = dt.datetime.fromisoformat("1900-01-02"), dt.datetime.fromisoformat("2199-12-30")
INSTANTS = st.datetimes(EARLIEST, LATEST, timezones=OFFSETS)


def _ms(instant: dt.datetime) -> int:
    return (instant - EPOCH) // dt.timedelta(milliseconds=1)


def _spell(instant: dt.datetime, separator: str, offset: str) -> str:
    if offset in {"Z", " UTC", "UTC"}:
        return instant.astimezone(dt.UTC).replace(tzinfo=None).isoformat(separator) + offset
    text = instant.isoformat(separator)
    return text[:-3] + text[-2:] if offset == "+hhmm" else text


@given(
    cells=st.lists(
        st.tuples(INSTANTS, st.sampled_from("T "), st.sampled_from(["Z", " UTC", "UTC", "+hh:mm", "+hhmm"])), min_size=1
    )
)
def test_any_spelling_with_an_offset_is_the_instant_cut_to_the_millisecond(
    cells: list[tuple[dt.datetime, str, str]],
) -> None:
    parsed = parse_times(pa.chunked_array([[_spell(*cell) for cell in cells]]), UTC)
    assert parsed.instants_ms.tolist() == [_ms(instant) for instant, _, _ in cells]
    assert parsed.universal.all()


@given(instants=st.lists(INSTANTS, min_size=1), unit=st.sampled_from(["us", "ns"]))
def test_native_times_equal_their_text(instants: list[dt.datetime], unit: str) -> None:
    universal = [instant.astimezone(dt.UTC) for instant in instants]
    native = pa.chunked_array([pa.array(universal, pa.timestamp("us", "UTC")).cast(pa.timestamp(unit, "UTC"))])
    assert parse_times(native, UTC).instants_ms.tolist() == [_ms(instant) for instant in instants]


@pytest.mark.parametrize("time", ["2024-03-31", "2024-03-31 09", "2024-03-31T09:30", "2024-03-31 09:30:15.123456789"])
def test_time_without_offset_is_read_in_the_zone(time: str) -> None:
    zone = ZoneInfo("Asia/Tokyo")
    parsed = parse_times(pa.chunked_array([[time]]), zone)
    assert parsed.instants_ms.tolist() == [_ms(dt.datetime.fromisoformat(time[:26]).replace(tzinfo=zone))]
    assert parsed.local.all()


@pytest.mark.parametrize(
    ("local", "universal"),
    [
        ("2024-10-27T02:30:00", "2024-10-27T01:30:00Z"),  # shown twice: the later one
        ("2024-03-31T02:30:00", "2024-03-31T01:00:00Z"),  # never shown: the moment of the change
    ],
)
def test_hour_of_the_clock_change_is_read_late_rather_than_early(local: str, universal: str) -> None:
    parsed = parse_times(pa.chunked_array([[local, universal]]), ZoneInfo("Europe/Berlin"))
    assert parsed.instants_ms[0] == parsed.instants_ms[1]


@pytest.mark.parametrize(
    "wrong",
    [
        *("now", "today", "2024", "2024-01", "20240101", "1700000000", "01/02/2024", "2024-13-01", "2023-02-29"),
        *(
            "2024-04-31T00:00Z",
            "2024-01-01T24:00Z",
            "2024-01-01T10:60",
            "2024-01-01T10:00+15:00",
            "2024-1-1",
            "２０２４-01-01",
        ),
    ],
)
def test_anything_else_is_wrong_and_spoils_no_other(wrong: str) -> None:
    parsed = parse_times(pa.chunked_array([["2024-01-01", wrong, "2024-01-01T00:00Z", "NaT", " ", None]]), UTC)
    assert parsed.wrong.tolist() == [False, True, False, False, False, False]
    assert (parsed.instants_ms == MISSING_MS).tolist() == [False, True, False, True, True, True]


def test_native_dates_and_times_of_a_wall_clock_are_read_in_the_zone() -> None:
    zone = ZoneInfo("Asia/Tokyo")
    midnight_ms = _ms(dt.datetime(2024, 1, 1, tzinfo=zone))
    dates = pa.chunked_array([pa.array([dt.date(2024, 1, 1), None], pa.date32())])
    for unit in ("s", "ms", "us", "ns"):
        parsed = parse_times(dates.cast(pa.timestamp(unit)), zone)
        np.testing.assert_array_equal(parsed.instants_ms, [midnight_ms, MISSING_MS])
    np.testing.assert_array_equal(parse_times(dates, zone).instants_ms, [midnight_ms, MISSING_MS])
