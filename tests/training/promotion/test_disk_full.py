"""Promotions and rollbacks where the disk of the registry fills up, with ever more room left."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.registry_names import CHAMPION
from tests.small_disk import SmallDisk, small_disk
from tests.training.promotion.occasions import BETTER, on_day
from training.promotion.seat import promote, roll_back, settle
from training.tracking.registry import RegisteredVersion, aliased, load_version, versions
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import TrackingError, TrackingStore

NewVersion = Callable[[], RegisteredVersion]
Work = Callable[[TrackingStore], object]

ROOM = (0, 4_096, 16_384, 32_768, 65_536, 131_072)
"""From nothing at all to more than a promotion writes."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", 16) as mounted:
        yield mounted


@pytest.fixture
def location(disk: SmallDisk, empty_database: Path) -> StoreLocation:
    own = StoreLocation.of(disk.folder, {})
    assert own.database is not None
    own.database.parent.mkdir()
    shutil.copy(empty_database, own.database)
    return own


def refusal(work: Work, store: TrackingStore) -> str:
    """Work, and return what is said where that cannot be done; nothing but what training tells people is raised."""
    try:
        work(store)
    except TrackingError as error:
        return str(error)
    return ""


def champion(store: TrackingStore) -> int:
    """Who it is, read back whole."""
    found = aliased(store, CHAMPION)
    assert found is not None
    load_version(store, found.version)
    return found.version


WORKS: dict[str, tuple[Work, int]] = {
    "settle": (lambda store: settle(store, versions(store)[0], BETTER, 2, on_day(10)), 3),
    "promote": (lambda store: promote(store, 3, "by hand", on_day(10)), 3),
    "rollback": (lambda store: roll_back(store, "odd grades", on_day(10)), 1),
}


@pytest.mark.parametrize("name", WORKS)
def test_champion_is_whole_whether_the_disk_held_out_or_not(
    store: TrackingStore, disk: SmallDisk, new_version: NewVersion, name: str
) -> None:
    work, expected = WORKS[name]
    settle(store, new_version(), BETTER, None, on_day(1))
    settle(store, new_version(), BETTER, 1, on_day(2))
    new_version()
    said = []
    for room_bytes in ROOM:
        disk.fill(room_bytes)
        said.append(refusal(work, store))
        disk.clear()
        assert champion(store) == (2 if said[-1] else expected)
        if not said[-1]:
            break
    *refused, done = said
    assert refused, "there was no room at all"
    assert not done, "there was as much as it takes"
    assert all("\n" not in told and ("champion is as it was" in told or "make promote" in told) for told in refused)


def test_version_that_found_no_room_is_not_registered_and_the_next_one_is(
    store: TrackingStore, disk: SmallDisk, new_version: NewVersion
) -> None:
    settle(store, new_version(), BETTER, None, on_day(1))
    for room_bytes in ROOM[:3]:
        disk.fill(room_bytes)
        with pytest.raises(TrackingError, match="champion is as it was"):
            new_version()
        disk.clear()
        assert champion(store) == 1
        for version in versions(store):
            load_version(store, version.version)
    version = new_version()
    assert settle(store, version, BETTER, 1, on_day(2)).champion == version.version
    assert champion(store) == version.version
