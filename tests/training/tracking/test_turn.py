"""Turns of real processes, beside a SQLite file and in a real PostgreSQL."""

import os
import signal
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from training.tracking import turn
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import TrackingError
from training.tracking.turn import my_turn

FORK = get_context("fork")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StoreLocation]:
    if request.param == "sqlite":
        yield StoreLocation.in_file(tmp_path / "tracking.db")
    else:
        yield StoreLocation(request.getfixturevalue("postgres_url"))


def test_turns_never_overlap(place: StoreLocation, tmp_path: Path) -> None:
    log = tmp_path / "turns"
    processes = [FORK.Process(target=_take_turns, args=(place, log)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=60)
    assert [process.exitcode for process in processes] == [0] * 4
    words = log.read_text().split()
    assert words == ["in", "out"] * 20


def _take_turns(place: StoreLocation, log: Path) -> None:
    for _ in range(5):
        with my_turn(place):
            for word in ("in", "out"):
                with log.open("a") as file:
                    file.write(f"{word}\n")
                time.sleep(0.005)


def test_turn_of_a_killed_process_is_free_at_once(place: StoreLocation) -> None:
    has_turn = FORK.Event()
    process = FORK.Process(target=_hold, args=(place, has_turn))
    process.start()
    assert has_turn.wait(30)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    with my_turn(place):
        pass


def _hold(place: StoreLocation, has_turn: Event) -> None:
    with my_turn(place):
        has_turn.set()
        time.sleep(60)


def test_turn_that_does_not_come_is_told(place: StoreLocation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "WAIT_SECONDS", 1)
    has_turn = FORK.Event()
    process = FORK.Process(target=_hold, args=(place, has_turn))
    process.start()
    assert has_turn.wait(30)
    try:
        with (
            pytest.raises(TrackingError, match=r"wait for another promotion to end.*The champion is as it was"),
            my_turn(place),
        ):
            pass
    finally:
        process.kill()
        process.join()
