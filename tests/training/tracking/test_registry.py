import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

import pytest

from models.registry_names import CHALLENGER, CHAMPION
from training.tracking.masking import source_name
from training.tracking.registry import RegisteredVersion, aliased, champion, name_version, register, versions
from training.tracking.store_location import StoreLocation
from training.tracking.tracked_run import tracked_run
from training.tracking.tracking_store import TrackingError, open_store

TAGS = {"data_end": "2026-03-31", "horizon_days": "90", "verdict": "useful"}
FORK = get_context("fork")
"""A forked process has MLflow imported already, which would take seconds each time."""


def train(location: StoreLocation, model: Path) -> RegisteredVersion:
    with tracked_run(open_store(location), {"source": "exports"}) as run:
        return register(run, model, TAGS)


def in_another_process(work: Callable[[], object]) -> int:
    process = FORK.Process(target=work)
    process.start()
    process.join(timeout=60)
    assert process.exitcode is not None
    return process.exitcode


def killed_on_calling(step: str, work: Callable[[], object]) -> None:
    """Do the work in this process and kill it outright on the first call of the named function."""

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    work()


def rows(location: StoreLocation) -> list[tuple[int, int]]:
    """Return each version's number and how many tags it has."""
    assert location.database is not None
    with sqlite3.connect(location.database) as database:
        return database.execute(
            "select version, (select count(*) from model_version_tags t where t.version = v.version) "
            "from model_versions v order by version"
        ).fetchall()


def challenger(location: StoreLocation) -> RegisteredVersion | None:
    return aliased(open_store(location), CHALLENGER)


def test_newest_version_is_the_challenger_and_nobody_the_champion(location: StoreLocation, toy_model: Path) -> None:
    first = train(location, toy_model)
    assert (first.version, first.tags) == (1, TAGS)
    assert challenger(location) == first
    second = train(location, toy_model)
    assert (second.version, challenger(location)) == (2, second)
    assert champion(location) is None


def test_later_version_leaves_the_champion_as_it_is(location: StoreLocation, toy_model: Path) -> None:
    first = train(location, toy_model)
    name_version(open_store(location), 1, CHAMPION)
    train(location, toy_model)
    assert champion(location) == first


def test_before_the_first_training_there_is_no_champion_and_asking_makes_no_store(tmp_path: Path) -> None:
    assert champion(StoreLocation.of(tmp_path, {})) is None
    assert list(tmp_path.iterdir()) == []


def test_store_without_a_version_has_no_champion(location: StoreLocation) -> None:
    assert champion(location) is None


@pytest.mark.parametrize(
    "step",
    ["create_run", "write_pyfunc_folder", "log_artifacts", "create_registered_model", "create_model_version"],
)
def test_training_killed_before_its_version_exists_leaves_the_registry_as_it_was(
    location: StoreLocation, toy_model: Path, step: str
) -> None:
    before = train(location, toy_model)
    killed = in_another_process(lambda: killed_on_calling(step, lambda: train(location, toy_model)))
    assert killed == -signal.SIGKILL
    assert rows(location) == [(1, len(TAGS))]
    assert challenger(location) == before


@pytest.mark.parametrize("step", ["log_artifacts", "create_model_version", "set_registered_model_alias"])
def test_training_killed_anywhere_is_made_good_by_the_next(location: StoreLocation, toy_model: Path, step: str) -> None:
    in_another_process(lambda: killed_on_calling(step, lambda: train(location, toy_model)))
    assert challenger(location) is None
    made = train(location, toy_model)
    assert challenger(location) == made
    assert all(tags == len(TAGS) for _, tags in rows(location))


def test_training_killed_while_the_store_is_made_leaves_none(tmp_path: Path) -> None:
    location = StoreLocation.of(tmp_path, {})
    killed = in_another_process(lambda: killed_on_calling("upgrade", lambda: open_store(location)))
    assert killed == -signal.SIGKILL
    assert champion(location) is None


def test_of_two_first_trainings_at_once_the_newer_version_is_the_challenger(tmp_path: Path, toy_model: Path) -> None:
    location = StoreLocation.of(tmp_path, {})
    processes = [FORK.Process(target=train, args=(location, toy_model)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert rows(location) == [(1, len(TAGS)), (2, len(TAGS))]
    found = challenger(location)
    assert found is not None
    assert found.version == 2


def test_challenger_that_cannot_be_named_is_told_and_made_good_by_the_next_training(
    location: StoreLocation, toy_model: Path
) -> None:
    open_store(location)
    assert location.database is not None
    with sqlite3.connect(location.database) as database:
        database.execute(
            "create trigger refuse before insert on registered_model_aliases "
            "begin select raise(abort, 'disk full'); end"
        )
    with pytest.raises(TrackingError, match=r"Could not name the challenger.*Version 1 is registered"):
        train(location, toy_model)
    with sqlite3.connect(location.database) as database:
        database.execute("drop trigger refuse")
    made = train(location, toy_model)
    assert challenger(location) == made


def test_password_of_the_source_is_nowhere_in_the_store(location: StoreLocation, toy_model: Path) -> None:
    source = "postgresql://ann:s3cret-word@db.example.com/crm"
    with tracked_run(open_store(location), {"source": source_name(source)}) as run:
        run.log_params({"source": source_name(source)})
        register(run, toy_model, TAGS)
    assert location.database is not None
    files = [path for path in location.database.parent.rglob("*") if path.is_file()]
    assert files
    assert not any(b"s3cret-word" in path.read_bytes() for path in files)


def test_every_version_is_listed_the_newest_first(location: StoreLocation, toy_model: Path) -> None:
    made = [train(location, toy_model) for _ in range(3)]
    assert versions(open_store(location)) == made[::-1]


@pytest.mark.parametrize("text", ["2026-03-31", "2026-03-31T00:00:00.000+00:00", "2026-03-31T09:00:00+09:00"])
def test_data_end_is_the_same_instant_however_it_is_written(text: str) -> None:
    assert RegisteredVersion(1, "run", {"data_end": text}).data_end_ms == 1_774_915_200_000
