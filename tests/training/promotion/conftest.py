"""A registry with versions that can be loaded, made in no time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from features.spec import FeatureSpec
from models.calibration import Calibration
from models.conversion import ConversionModel
from models.linear import LinearMember
from models.score_map import ScoreMap
from tests.training.promotion.occasions import settled
from training.tracking.registry import RegisteredVersion, register
from training.tracking.store_location import StoreLocation
from training.tracking.tracked_run import tracked_run
from training.tracking.tracking_store import TrackingStore, open_store


@pytest.fixture
def store(location: StoreLocation) -> TrackingStore:
    return open_store(location)


@pytest.fixture
def model_folder(tmp_path: Path) -> Path:
    """The least that is a model."""
    ranks = ScoreMap(tuple(place / 100 for place in range(1, 99)), (90, 70, 41))
    model = ConversionModel(FeatureSpec(()), (LinearMember(-2.0, ()),), (1.0,), Calibration(0.0, 1.0), ranks, 90)
    model.save(tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture
def new_version(store: TrackingStore, model_folder: Path) -> Callable[[], RegisteredVersion]:
    """Register one more version, as training does."""

    def new() -> RegisteredVersion:
        with tracked_run(store, {}) as run:
            run.log_metrics({"test_log_loss": 0.25, "test_roc_auc": 0.8})
            tags = {"data_end": "2026-06-30T00:00:00.000+00:00", "horizon_days": "90", "verdict": "ready"}
            return register(run, model_folder, tags)

    return new


@pytest.fixture
def reign(store: TrackingStore, new_version: Callable[[], RegisteredVersion]) -> Callable[[int], None]:
    """Register so many versions, each the champion after the one before."""

    def reign(count: int) -> None:
        for number in range(1, count + 1):
            settled(store, new_version(), compared_with=number - 1 or None)

    return reign
