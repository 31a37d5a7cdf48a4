from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.instant import MS_PER_DAY, iso

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_MS = (datetime.min.replace(tzinfo=UTC) - EPOCH) // timedelta(milliseconds=1)
LAST_MS = (datetime.max.replace(tzinfo=UTC) - EPOCH) // timedelta(milliseconds=1)


@given(
    st.integers(FIRST_MS, LAST_MS) | st.integers(FIRST_MS // 1000, LAST_MS // 1000).map(lambda second: second * 1000)
)
@settings(max_examples=1_000)
def test_instant_is_written_as_the_calendar_has_it(instant_ms: int) -> None:
    time = EPOCH + timedelta(milliseconds=instant_ms)
    written = time.isoformat(timespec="milliseconds" if instant_ms % 1000 else "seconds")
    assert iso(instant_ms) == written.replace("+00:00", "Z")


def test_every_day_of_four_centuries_is_written_as_the_calendar_has_it() -> None:
    first = date(1800, 1, 1)
    for day in range(366 * 400):
        written = first + timedelta(day)
        assert iso((written.toordinal() - date(1970, 1, 1).toordinal()) * MS_PER_DAY) == f"{written}T00:00:00Z"


@pytest.mark.parametrize("instant_ms", [FIRST_MS, LAST_MS])
def test_first_and_last_instant_of_the_calendar_are_written(instant_ms: int) -> None:
    assert iso(instant_ms) in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z")


@pytest.mark.parametrize("instant_ms", [FIRST_MS - 1, LAST_MS + 1, -(2**63), 2**63 - 1, 2**70])
def test_instant_outside_of_the_calendar_is_refused(instant_ms: int) -> None:
    with pytest.raises(OverflowError, match=r"range|too large"):
        iso(instant_ms)
