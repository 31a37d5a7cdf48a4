"""Who is the champion after promotions and rollbacks, whatever goes wrong on the way."""

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from multiprocessing import get_context
from types import FrameType

import pytest

from models.registry_names import CHALLENGER, CHAMPION
from tests.training.promotion.occasions import BETTER, WORSE, on_day, settled
from training.promotion.decision_record import CHALLENGE_TAG, record_of
from training.promotion.seat import PromotionError, promote, roll_back
from training.tracking.registry import RegisteredVersion, aliased, load_version, versions
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import TrackingError, TrackingStore, open_store

NewVersion = Callable[[], RegisteredVersion]
Reign = Callable[[int], None]

FORK = get_context("fork")
"""A forked process has MLflow imported already, which would take seconds each time."""

STEPS = frozenset({"log_text", "set_model_version_tag", "set_registered_model_alias"})
"""What a promotion writes: a file, two tags, the alias."""


def number(store: TrackingStore, alias: str) -> int | None:
    found = aliased(store, alias)
    return None if found is None else found.version


def champion(store: TrackingStore) -> int | None:
    return number(store, CHAMPION)


def test_first_version_becomes_the_champion_whatever_was_decided(store: TrackingStore, new_version: NewVersion) -> None:
    done = settled(store, new_version(), None, WORSE)
    assert (done.champion, done.decision.rule) == (1, "first")
    assert champion(store) == 1


def test_newest_version_is_the_challenger(store: TrackingStore, reign: Reign, new_version: NewVersion) -> None:
    reign(1)
    settled(store, new_version(), 1, WORSE)
    assert (champion(store), number(store, CHALLENGER)) == (1, 2)


def test_decision_is_kept_on_both_versions_and_with_the_run(
    store: TrackingStore, reign: Reign, new_version: NewVersion, location: StoreLocation
) -> None:
    reign(1)
    version = new_version()
    settled(store, version, 1)
    second, first = versions(store)
    on_new, on_old = record_of(second), record_of(first, CHALLENGE_TAG)
    assert on_new is not None
    assert on_old is not None
    assert (on_new.kind, on_new.rule, on_new.version, on_new.champion) == ("promote", "better", 2, 1)
    assert (on_old.kind, on_old.version, on_old.reason) == ("promote", 2, BETTER.reason)
    assert on_new.figures == {"comparison": {"log_loss_excess": [-0.02, -0.03, -0.01]}}
    assert (on_new.by, on_new.at_ms) == ("train", on_day(2).at_ms)
    assert location.artifacts is not None
    (kept,) = location.artifacts.glob(f"{version.run_id}/artifacts/decisions/*.json")
    assert kept.name == "19700103T000000Z-promote-2.json"
    assert kept.read_text(encoding="utf-8").strip() == second.tags["decision"]


def test_version_that_was_compared_with_a_former_champion_stays_challenger(
    store: TrackingStore, reign: Reign, new_version: NewVersion
) -> None:
    reign(1)
    second, third = new_version(), new_version()
    settled(store, third, 1)
    done = settled(store, second, 1)
    assert (done.decision.promote, done.decision.rule, done.champion) == (False, "overtaken", 3)
    assert "compared with version 1, but meanwhile version 3" in done.decision.reason.en
    assert champion(store) == 3


def test_rollback_goes_back_one_champion_at_a_time_and_ends_at_the_first(store: TrackingStore, reign: Reign) -> None:
    reign(3)
    seen = [roll_back(store, "odd grades", on_day(10 + step, "rollback")).champion for step in range(2)]
    assert seen == [2, 1]
    with pytest.raises(PromotionError, match="Version 1 is the champion, and none is known before it"):
        roll_back(store, "", on_day(12))
    assert champion(store) == 1


def test_rollback_undoes_promotions_in_reverse_even_where_a_version_returned(
    store: TrackingStore, reign: Reign
) -> None:
    reign(3)
    promote(store, 1, "the sales team asked", on_day(10, "promote"))
    seen = [roll_back(store, "", on_day(11 + step)).champion for step in range(3)]
    assert seen == [3, 2, 1]


def test_promotion_by_hand_records_its_reason(store: TrackingStore, reign: Reign) -> None:
    reign(2)
    assert promote(store, 1, " asked by sales ", on_day(9, "promote (ann)")).former == 2
    found = record_of(next(version for version in versions(store) if version.version == 1))
    assert found is not None
    assert (found.rule, found.reason.en, found.by, found.champions_before) == (
        "by_hand",
        "asked by sales",
        "promote (ann)",
        (1, 2),
    )


def test_promoting_the_champion_again_changes_nothing(store: TrackingStore, reign: Reign) -> None:
    reign(2)
    before = versions(store)
    promote(store, 2, "again", on_day(9))
    assert versions(store) == before


def test_unknown_version_is_told_with_those_that_there_are(store: TrackingStore, reign: Reign) -> None:
    reign(2)
    with pytest.raises(PromotionError, match=r"no version 7 of the model; there is 1, 2\..*make models"):
        promote(store, 7, "", on_day(9))


def test_rollback_to_a_version_that_was_deleted_is_refused(store: TrackingStore, reign: Reign) -> None:
    reign(2)
    store.client.delete_model_version("lead-conversion", "1")
    with pytest.raises(PromotionError, match="no version 1 of the model; there is 2"):
        roll_back(store, "", on_day(9))
    assert champion(store) == 2


def test_rollback_without_a_champion_is_refused(store: TrackingStore) -> None:
    with pytest.raises(PromotionError, match="no champion to go back from"):
        roll_back(store, "", on_day(1))


@pytest.mark.parametrize("spoil", ["remove", "damage"])
def test_version_that_cannot_be_read_whole_never_takes_the_seat(
    store: TrackingStore, reign: Reign, new_version: NewVersion, location: StoreLocation, spoil: str
) -> None:
    reign(1)
    version = new_version()
    assert location.artifacts is not None
    (folder,) = location.artifacts.glob(f"{version.run_id}/artifacts/model/data/conversion")
    if spoil == "remove":
        shutil.rmtree(folder)
    else:
        (folder / "model.json").write_text("{")
    with pytest.raises(TrackingError, match=r"Could not read version 2.*The champion is as it was"):
        settled(store, version, 1)
    assert champion(store) == 1
    assert record_of(versions(store)[0]) is None


def test_disk_full_at_the_last_step_leaves_the_champion_and_says_what_to_do(
    store: TrackingStore, reign: Reign, new_version: NewVersion, location: StoreLocation
) -> None:
    reign(1)
    version = new_version()
    assert location.database is not None
    with sqlite3.connect(location.database) as database:
        database.execute(
            "create trigger refuse before update on registered_model_aliases "
            "begin select raise(abort, 'database or disk is full'); end"
        )
    with pytest.raises(TrackingError, match=r"Could not name the champion.*disk is full.*make promote VERSION=2"):
        settled(store, version, 1)
    assert champion(store) == 1


def killed(location: StoreLocation, at: int, event: str, work: Callable[[TrackingStore], object]) -> bool:
    """Work in another process that is killed when it enters or leaves its n-th step; tell whether it came to that."""

    def run() -> None:
        seen = 0

        def watch(frame: FrameType, what: str, _: object) -> None:
            nonlocal seen
            code = frame.f_code
            if what == event and code.co_name in STEPS and code.co_filename.endswith("tracking/client.py"):
                seen += 1
                if seen == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(watch)
        work(open_store(location))

    process = FORK.Process(target=run)
    process.start()
    process.join(timeout=60)
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


@pytest.mark.parametrize("event", ["call", "return"])
def test_promotion_killed_at_any_step_leaves_one_whole_champion_and_can_be_repeated(
    store: TrackingStore, reign: Reign, new_version: NewVersion, location: StoreLocation, event: str
) -> None:
    reign(2)
    version = new_version()
    at = 1
    while killed(location, at, event, lambda store: settled(store, version, 2)):
        seated = champion(store)
        assert seated in {2, 3}
        assert load_version(store, seated)
        assert roll_back(store, "", on_day(50)).champion == seated - 1
        promote(store, 2, "as it was", on_day(51))
        at += 1
    assert at == 5
    assert champion(store) == 3


@pytest.mark.parametrize("event", ["call", "return"])
def test_rollback_killed_at_any_step_goes_back_one_step_or_none(
    store: TrackingStore, reign: Reign, location: StoreLocation, event: str
) -> None:
    reign(3)
    at = 1
    while killed(location, at, event, lambda store: roll_back(store, "", on_day(60))):
        if champion(store) == 2:  # killed after the last step
            assert roll_back(store, "", on_day(61)).champion == 1
            return
        assert champion(store) == 3
        at += 1
    assert (at, champion(store)) == (5, 2)
    assert roll_back(store, "", on_day(61)).champion == 1


def test_of_several_trainings_that_end_at_once_one_is_promoted_and_none_is_lost(
    store: TrackingStore, reign: Reign, new_version: NewVersion, location: StoreLocation
) -> None:
    reign(1)
    made = [new_version() for _ in range(4)]
    processes = [FORK.Process(target=_settle_in, args=(location, version)) for version in made]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=60)
    assert [process.exitcode for process in processes] == [0] * 4
    decided = [record_of(version) for version in versions(store)[:4]]
    assert sorted(record.rule for record in decided if record is not None) == ["better"] + ["overtaken"] * 3
    promoted = [record.version for record in decided if record is not None and record.kind == "promote"]
    assert promoted == [champion(store)]
    assert roll_back(store, "", on_day(50)).champion == 1


def _settle_in(location: StoreLocation, version: RegisteredVersion) -> None:
    settled(open_store(location), version, 1)


def test_record_that_nobody_can_read_ends_the_line_of_champions(store: TrackingStore, reign: Reign) -> None:
    reign(2)
    store.client.set_model_version_tag("lead-conversion", "2", "decision", "promoted by hand")
    with pytest.raises(PromotionError, match="none is known before it"):
        roll_back(store, "", on_day(9))
    assert champion(store) == 2
