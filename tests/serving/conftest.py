"""A service that needs no registry: it scores by points, with everything else real."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from features.sample import write_sample
from models.conversion import ConversionModel
from serving.app import create_app
from serving.settings import ServiceSettings
from tests.quiet_log import quiet_log
from tests.serving.caller import Caller, calling
from tests.serving.small_model import empty_registry, small_model
from training.tracking.store_database import make_database
from training.tracking.store_location import StoreLocation


@pytest.fixture
def settings(tmp_path: Path) -> ServiceSettings:
    return ServiceSettings(
        method="rules",
        time_zone="Asia/Tokyo",
        database_url=f"sqlite:///{tmp_path}/history/history.db",
        keys_file=tmp_path / "keys.jsonl",
        spool_folder=tmp_path / "spool",
        model_cache=tmp_path / "models",
        poll_seconds=0.2,
    )


@pytest.fixture
def caller(settings: ServiceSettings) -> Iterator[Caller]:
    with calling(create_app(settings)) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def history_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Both kinds of database that the score history may be in."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/history.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def prepared_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    make_database(folder / "tracking.db", folder / "artifacts")
    return folder / "tracking.db"


@pytest.fixture(scope="session")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated CRM, as a folder of tables."""
    folder = tmp_path_factory.mktemp("crm") / "sample"
    write_sample(folder, 250)
    return folder


@pytest.fixture(scope="session")
def model(crm: Path) -> ConversionModel:
    return small_model(crm)


@pytest.fixture
def registry(tmp_path: Path, prepared_store: Path) -> StoreLocation:
    """A registry without a model, where a service in ``tmp_path`` looks for one."""
    return empty_registry(tmp_path, prepared_store)


@pytest.fixture(scope="session", autouse=True)
def _own_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No service of a test takes over what another one, or a person's, has left in the working folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEADS_SPOOL_FOLDER", str(tmp_path_factory.mktemp("spool")))
        patch.setenv("LEADS_MODEL_CACHE", str(tmp_path_factory.mktemp("models")))
        yield


__all__ = ["quiet_log"]
