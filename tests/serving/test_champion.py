import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
from numpy.testing import assert_allclose

from models.conversion import ConversionModel
from serving.answer_models import ModelCard, Score
from serving.app import create_app
from serving.champion_holder import ChampionHolder
from serving.company_rules import scorer_maker
from serving.examples import REQUESTS
from serving.first_score import score_example
from serving.model_cache import ModelCache
from serving.registered import RegistryError
from serving.registry_door import RegistryDoor
from serving.settings import ServiceSettings
from tests.serving.caller import Caller, calling
from tests.serving.small_model import register_model
from training.tracking.store_location import StoreLocation


@pytest.fixture
def holder(tmp_path: Path, registry: StoreLocation) -> ChampionHolder:
    assert registry.database is not None
    return ChampionHolder(RegistryDoor("", tmp_path), scorer_maker(ServiceSettings()), score_example)


def version_of(holder: ChampionHolder) -> str:
    holder.refresh()
    assert holder.current is not None
    return holder.current.version


def test_empty_registry_has_no_champion(holder: ChampionHolder) -> None:
    holder.refresh()
    assert holder.current is None


def test_champion_is_what_training_registered(
    holder: ChampionHolder, registry: StoreLocation, model: ConversionModel
) -> None:
    register_model(model, registry)
    assert version_of(holder) == "1"
    assert holder.current is not None
    assert holder.current.data_end == "2026-10-31"
    assert holder.current.metrics["log_loss"] == 0.5
    loaded = holder.current.model
    assert loaded is not None
    assert loaded.spec == model.spec
    assert_allclose(loaded.score_map.quantiles, model.score_map.quantiles)


def test_alias_is_followed(holder: ChampionHolder, registry: StoreLocation, model: ConversionModel) -> None:
    register_model(model, registry)
    assert version_of(holder) == "1"
    register_model(model, registry)
    assert version_of(holder) == "1"
    register_model(replace(model, horizon_days=60), registry, as_champion=True)
    assert version_of(holder) == "3"
    assert holder.current is not None
    assert holder.current.model is not None
    assert holder.current.model.horizon_days == 60


def test_champion_stays_while_the_registry_is_away(
    holder: ChampionHolder, registry: StoreLocation, model: ConversionModel
) -> None:
    register_model(model, registry)
    assert version_of(holder) == "1"
    assert registry.database is not None
    registry.database.write_bytes(b"damaged" * 1000)
    assert version_of(holder) == "1"
    registry.database.unlink()
    assert version_of(holder) == "1"


def test_version_that_cannot_be_read_never_takes_over(
    holder: ChampionHolder, registry: StoreLocation, model: ConversionModel
) -> None:
    register_model(model, registry)
    assert version_of(holder) == "1"
    register_model(model, registry, as_champion=True)
    assert registry.artifacts is not None
    for file in registry.artifacts.rglob("model.json"):
        file.write_text("{}")
    assert version_of(holder) == "1"


def test_version_that_cannot_score_never_takes_over(
    holder: ChampionHolder, registry: StoreLocation, model: ConversionModel
) -> None:
    register_model(model, registry)
    assert version_of(holder) == "1"
    register_model(replace(model, part_maps={}), registry, as_champion=True)
    assert version_of(holder) == "1"


@pytest.fixture
def next_start(tmp_path: Path, registry: StoreLocation, model: ConversionModel) -> Callable[[], ChampionHolder]:
    """Version 1 has served here; each call is another start of the service."""
    register_model(model, registry)
    cache = ModelCache(tmp_path / "models", "champion")

    def started() -> ChampionHolder:
        return ChampionHolder(RegistryDoor("", tmp_path), scorer_maker(ServiceSettings()), score_example, cache=cache)

    assert version_of(started()) == "1"
    return started


@pytest.fixture
def away(registry: StoreLocation) -> Callable[[], AbstractContextManager[None]]:
    """Damages the registry for a while."""

    @contextmanager
    def while_away() -> Iterator[None]:
        assert registry.database is not None
        whole = registry.database.read_bytes()
        registry.database.write_bytes(b"damaged" * 1000)
        yield
        registry.database.write_bytes(whole)

    return while_away


Away: TypeAlias = Callable[[], AbstractContextManager[None]]
NextStart: TypeAlias = Callable[[], ChampionHolder]


def source_of(holder: ChampionHolder) -> tuple[str, str] | None:
    return None if holder.current is None else (holder.current.version, holder.current.source)


def test_what_served_last_serves_at_once_while_the_registry_is_away_and_is_followed_when_it_is_back(
    next_start: NextStart, away: Away, registry: StoreLocation, model: ConversionModel
) -> None:
    with away():
        holder = next_start()
        holder.refresh()
        assert (source_of(holder), holder.is_registry_away) == (("1", "cache"), True)
        assert holder.current is not None
        assert holder.current.metrics["log_loss"] == 0.5
        assert holder.current.data_end == "2026-10-31"
        kept = holder.current.model
    holder.refresh()
    assert (source_of(holder), holder.is_registry_away) == (("1", "registry"), False)
    assert holder.current.model is kept, "the same version is not fetched again"
    register_model(model, registry, as_champion=True)
    holder.refresh()
    assert source_of(holder) == ("2", "registry")
    with away():
        again = next_start()
        again.refresh()
        assert source_of(again) == ("2", "cache")


def test_registry_that_names_another_version_wins(
    next_start: NextStart, registry: StoreLocation, model: ConversionModel
) -> None:
    register_model(model, registry, as_champion=True)
    holder = next_start()
    holder.serve_kept()
    assert source_of(holder) == ("1", "cache")
    holder.refresh()
    assert source_of(holder) == ("2", "registry")


def test_nothing_kept_serves_where_the_registry_says_that_there_is_no_champion(
    next_start: NextStart, registry: StoreLocation, prepared_store: Path
) -> None:
    assert registry.database is not None
    early = next_start()
    early.serve_kept()
    assert source_of(early) == ("1", "cache"), "the registry has said nothing yet"
    served = next_start()
    served.refresh()
    shutil.copy(prepared_store, registry.database)
    for holder in (early, next_start()):
        holder.refresh()
        holder.serve_kept()
        assert source_of(holder) is None
    served.refresh()
    assert source_of(served) == ("1", "registry"), "what the registry once gave stays until it names another"


def test_kept_version_serves_while_the_one_that_the_registry_names_cannot(
    next_start: NextStart, registry: StoreLocation, model: ConversionModel
) -> None:
    register_model(replace(model, part_maps={}), registry, as_champion=True)
    holder = next_start()
    for _ in range(2):
        holder.refresh()
        assert (source_of(holder), holder.is_registry_away) == (("1", "cache"), False)
    register_model(model, registry, as_champion=True)
    holder.refresh()
    assert source_of(holder) == ("3", "registry")


def test_damaged_cache_never_serves(next_start: NextStart, away: Away, tmp_path: Path) -> None:
    for file in (tmp_path / "models").rglob("booster.txt"):
        file.write_text(file.read_text().replace("leaf_value=", "leaf_value=1", 1))
    holder = next_start()
    with away():
        holder.refresh()
        holder.refresh()
        assert source_of(holder) is None
    holder.refresh()
    assert source_of(holder) == ("1", "registry")


def test_service_goes_on_where_nothing_can_be_kept(
    registry: StoreLocation, model: ConversionModel, tmp_path: Path
) -> None:
    register_model(model, registry)
    (tmp_path / "models").write_text("a file stands where the folder should")
    cache = ModelCache(tmp_path / "models", "champion")
    holder = ChampionHolder(RegistryDoor("", tmp_path), scorer_maker(ServiceSettings()), score_example, cache=cache)
    assert version_of(holder) == "1"


def test_fault_of_the_registry_does_not_tell_its_address(tmp_path: Path) -> None:
    (tmp_path / "secret.db").write_bytes(b"damaged" * 1000)
    with pytest.raises(RegistryError, match=r"Error|Exception|INTERNAL") as failed:
        RegistryDoor(f"sqlite:///{tmp_path}/secret.db", tmp_path).champion()
    assert "secret" not in str(failed.value)


@pytest.fixture
def model_caller(
    settings: ServiceSettings,
    registry: StoreLocation,
    model: ConversionModel,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Caller]:
    register_model(model, registry)
    monkeypatch.chdir(tmp_path)
    with calling(create_app(settings.model_copy(update={"method": "model"}))) as made:
        yield made


def test_model_answers_as_the_contract_says(model_caller: Caller, tmp_path: Path) -> None:
    answered = model_caller.post("/score", json=REQUESTS["ja"])
    score = Score.model_validate(answered.json())
    assert (score.method, score.model.version, score.model.data_end) == ("model", "1", "2026-10-31")
    why = answered.json()["explanation"]
    parts = sum(reason["contribution_log_odds"] for reason in why["reasons"])
    assert_allclose(why["base_log_odds"] + parts + why["other_log_odds"], why["log_odds"], atol=1e-6)
    card = ModelCard.model_validate(model_caller.get("/model").json())
    assert (card.horizon_days, card.metrics) == (90, {"auc": None, "log_loss": 0.5})
    assert card.features
    assert card.features[0]["wording"].keys() == {"en", "ja"}
    assert "leads_model_version 1.0" in model_caller.get("/metrics").text
    shutil.rmtree(tmp_path / ".mlflow")
    assert model_caller.post("/score", json=REQUESTS["en"]).status_code == 200
