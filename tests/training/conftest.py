"""Stores for the tests: MLflow makes one in seconds, so it is made once and copied."""

import shutil
from importlib import import_module
from pathlib import Path

import pytest

from training.tracking.store_location import StoreLocation


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    # Imported here, because importing MLflow takes seconds that only these tests should spend.
    import_module("training.tracking.store_database").make_database(folder / "tracking.db", folder / "artifacts")
    return folder / "tracking.db"


@pytest.fixture
def location(tmp_path: Path, empty_database: Path) -> StoreLocation:
    """A store of the test's own, where a training in ``tmp_path`` keeps its runs."""
    own = StoreLocation.of(tmp_path, {})
    assert own.database is not None
    own.database.parent.mkdir()
    shutil.copy(empty_database, own.database)
    return own


@pytest.fixture
def toy_model(tmp_path: Path) -> Path:
    """Stands for a trained model: what a folder holds is no concern of the registry."""
    folder = tmp_path / "toy model"
    folder.mkdir()
    (folder / "model.json").write_text("{}\n")
    return folder
