import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from features.arrays import FloatArray
from features.instant import iso
from models.conversion import ConversionModel
from serving.__main__ import app
from serving.database import open_engine
from tests.serving.monitoring.simulated_use import END_MS, Use, fill
from tests.serving.small_model import register_model
from tests.small_disk import SmallDisk, small_disk
from training.tracking.store_location import StoreLocation

Watch = Callable[[], Result]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", 8) as mounted:
        yield mounted


@pytest.fixture
def engine(disk: SmallDisk) -> Iterator[Engine]:
    made = open_engine(f"sqlite:///{disk.folder}/use.db")
    yield made
    made.dispose()


@pytest.fixture
def watch(
    disk: SmallDisk,
    engine: Engine,
    watched: ConversionModel,
    pool: FloatArray,
    registry: StoreLocation,
    monkeypatch: pytest.MonkeyPatch,
) -> Watch:
    """The command, with its database and its page on the small disk."""
    assert registry.database is not None
    monkeypatch.chdir(registry.database.parents[1])
    register_model(watched, registry)
    fill(engine, watched, pool, Use(1, leads=60, months=3, version="1"))
    engine.dispose()
    arguments = ["monitor", "--until", iso(END_MS), "--out", str(disk.folder / "monitor.html")]
    return lambda: CliRunner().invoke(app, arguments, env={"LEADS_DATABASE_URL": str(engine.url)})


@pytest.mark.parametrize("room_bytes", [0, 40_960, 120_000])
def test_watch_that_finds_no_room_says_so_and_leaves_the_last_page(
    disk: SmallDisk, watch: Watch, room_bytes: int
) -> None:
    assert watch().exit_code == 0
    before = sorted(path.name for path in disk.folder.glob("*monitor*"))
    disk.fill(room_bytes)
    refused = watch()
    disk.clear()
    assert refused.exit_code in {2, 3}, refused.output
    assert isinstance(refused.exception, SystemExit), "told in words"
    assert sorted(path.name for path in disk.folder.glob("*monitor*")) == before, "nothing half-written"
    assert json.loads((disk.folder / "monitor.json").read_text(encoding="utf-8"))
    assert (disk.folder / "monitor.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert watch().exit_code == 0
