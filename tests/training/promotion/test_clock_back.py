"""Decisions while the clock of the machine is wrong, and after it was put back."""

from collections.abc import Callable

import pandas as pd

from features.instant import MS_PER_DAY
from models.registry_names import CHAMPION
from tests.training.promotion.occasions import BETTER, on_day
from training.promotion.decision_record import DecisionRecord, record_of
from training.promotion.seat import promote, roll_back, settle
from training.promotion.version_table import version_rows
from training.tracking.registry import RegisteredVersion, aliased, versions
from training.tracking.tracking_store import TrackingStore

NewVersion = Callable[[], RegisteredVersion]


def decisions(store: TrackingStore) -> list[DecisionRecord]:
    """The latest decision on each version, by version."""
    found = [record_of(version) for version in reversed(versions(store))]
    return [record for record in found if record is not None]


def test_decisions_stay_in_order_and_none_is_mistaken_for_one_that_was_cut_off(
    store: TrackingStore, new_version: NewVersion
) -> None:
    settle(store, new_version(), BETTER, None, on_day(400))
    settle(store, new_version(), BETTER, 1, on_day(20))
    settle(store, new_version(), BETTER, 2, on_day(10))
    at_ms = [record.at_ms for record in decisions(store)]
    assert at_ms[0] == on_day(400).at_ms
    assert at_ms == sorted(set(at_ms))
    told = [row.outcome[0].en for row in version_rows(store, on_day(30).at_ms) if row.outcome]
    assert told == ["promoted"] * 3


def test_rollback_finds_its_way_whatever_the_clock_says(store: TrackingStore, new_version: NewVersion) -> None:
    for number, day in enumerate((400, 20, 300), start=1):
        settle(store, new_version(), BETTER, number - 1 or None, on_day(day))
    promote(store, 1, "by hand", on_day(5))
    seen = [roll_back(store, "", on_day(day)).champion for day in (4, 3, 2)]
    assert seen == [3, 2, 1]
    champion = aliased(store, CHAMPION)
    assert champion is not None
    assert champion.version == 1


def test_version_from_the_future_is_no_days_old(store: TrackingStore, new_version: NewVersion) -> None:
    version = new_version()
    data_end_ms = int(pd.Timestamp(version.tags["data_end"]).timestamp() * 1000)
    [row] = version_rows(store, data_end_ms - MS_PER_DAY)
    assert row.age_days == 0
