import logging
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import TrackingError, open_store


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def nobody() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


def at(uri: str, folder: Path) -> StoreLocation:
    return StoreLocation.of(folder, {"MLFLOW_TRACKING_URI": uri})


def test_first_start_makes_the_store_quietly_and_leaves_nothing_elsewhere(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, training.tracking.registry;"
        "import training.tracking.tracking_store as t, training.tracking.store_location as l;"
        "t.open_store(l.StoreLocation.of(pathlib.Path.cwd(), os.environ))"
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    environment.pop("MLFLOW_TRACKING_URI", None)
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert (told.stdout, told.stderr) == ("", "")
    assert [path.name for path in tmp_path.iterdir()] == [".mlflow"]
    assert sorted(path.name for path in (tmp_path / ".mlflow").iterdir()) == ["artifacts", "tracking.db"]


def test_uri_variable_names_another_store(tmp_path: Path, empty_database: Path) -> None:
    shutil.copy(empty_database, tmp_path / "team.db")
    open_store(at(f"sqlite:///{tmp_path}/team.db", tmp_path))
    with sqlite3.connect(tmp_path / "team.db") as team:
        found = team.execute("select artifact_location from experiments where name = 'lead-conversion'").fetchall()
    assert found == [(str(tmp_path / "artifacts"),)]


def test_opening_twice_finds_the_same_experiment(location: StoreLocation) -> None:
    assert open_store(location).experiment_id == open_store(location).experiment_id


def test_environment_and_log_levels_are_as_before(location: StoreLocation) -> None:
    before = dict(os.environ), logging.getLogger("mlflow").level
    open_store(location)
    assert (dict(os.environ), logging.getLogger("mlflow").level) == before


@pytest.mark.parametrize("scheme", ["http", "postgresql+psycopg"])
def test_unreachable_server_is_told_without_its_password(scheme: str, nobody: str, tmp_path: Path) -> None:
    with pytest.raises(TrackingError, match="Could not open the store") as told:
        open_store(at(f"{scheme}://ann:s3cret-word@{nobody}/db", tmp_path))
    assert nobody in str(told.value)
    assert "s3cret-word" not in str(told.value)
    assert "unset MLFLOW_TRACKING_URI" in str(told.value)


def test_server_that_never_answers_is_waited_for_as_long_as_set(
    silent_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "1")
    with pytest.raises(TrackingError, match="timed out"):
        open_store(at(f"http://{silent_server}", tmp_path))


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / ".mlflow").write_text("a file stands where the folder should\n")
    with pytest.raises(TrackingError, match=r"\.mlflow.*Check that this place can be reached and written"):
        open_store(StoreLocation.of(tmp_path, {}))


def test_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("not a database, and long enough to have a header that says so" * 9)
    with pytest.raises(TrackingError, match="not a database"):
        open_store(at("sqlite:///notes.db", tmp_path))


def test_store_that_was_moved_is_refused_before_it_writes_to_its_old_folder(location: StoreLocation) -> None:
    open_store(location)
    assert location.database is not None
    moved = location.database.parents[1] / "elsewhere"
    shutil.copytree(location.database.parent, moved / ".mlflow")
    with pytest.raises(TrackingError, match=r"keeps its files in .*where it was made\. Move the folder \.mlflow back"):
        open_store(StoreLocation.of(moved, {}))
