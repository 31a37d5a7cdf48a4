"""A training where the disk of the registry, the reports and temporary files fills up."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from features.sample import write_sample
from models.registry_names import CHAMPION
from tests.small_disk import SmallDisk, small_disk
from training.tracking.registry import aliased, load_version, versions
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import TrackingStore, open_store


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source") / "crm"
    write_sample(folder, 600)
    return folder


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    with small_disk(tmp_path_factory.mktemp("full") / "disk", 64) as mounted:
        yield mounted


def train(disk: SmallDisk, source: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as its user does, all of whose files are on that disk."""
    inherited = {name: value for name, value in os.environ.items() if name != "MLFLOW_TRACKING_URI"}
    temporary = disk.folder / "tmp"
    temporary.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "training", "train", str(source)],
        cwd=disk.folder,
        env=inherited | {"TMPDIR": str(temporary), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )


def store_on(disk: SmallDisk) -> TrackingStore:
    return open_store(StoreLocation.of(disk.folder, {}))


def whole_versions(store: TrackingStore) -> list[int]:
    """Every version, each read back."""
    found = [version.version for version in reversed(versions(store))]
    for number in found:
        load_version(store, number)
    return found


@pytest.fixture(scope="module")
def _champion(disk: SmallDisk, source: Path) -> None:
    done = train(disk, source)
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("_champion")
@pytest.mark.parametrize("room_bytes", [0, 600_000, 3_200_000])
def test_training_without_room_says_so_and_leaves_nothing_but_whole_versions(
    disk: SmallDisk, source: Path, room_bytes: int
) -> None:
    disk.fill(room_bytes)
    done = train(disk, source)
    disk.clear()
    assert done.returncode == 3, done.stderr
    assert re.match("error (Could not .* in MLflow|No room is left on the disk)", done.stderr)
    assert "Traceback" not in done.stderr
    assert max(map(len, done.stderr.splitlines())) < 1_200
    store = store_on(disk)
    champion = aliased(store, CHAMPION)
    assert champion is not None
    assert (champion.version, whole_versions(store)) == (1, [1])
    assert all(
        page.read_text(encoding="utf-8").rstrip().endswith("</html>") for page in (disk.folder / "reports").iterdir()
    )
