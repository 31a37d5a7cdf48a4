"""A review of a small simulated CRM: of a few trees, and of a champion that was really trained."""

from pathlib import Path

import pytest

from features.data_end import data_end_ms
from features.reading import read_tables
from features.sample import write_sample
from models.bant import GateRules
from models.lead_scorer import LeadScorer
from models.model_rung import ModelRung
from models.recommendation import Routes
from tests.serving.small_model import small_model
from training.review import Review
from training.review.score_store import ScoreStore
from training.tracking.registry import RegisteredVersion
from training.tracking.store_location import StoreLocation

LEADS = 400


@pytest.fixture(scope="session")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crm") / "sample"
    write_sample(folder, LEADS)
    return folder


@pytest.fixture(scope="session")
def review(crm: Path) -> Review:
    """With a model of a few trees, which needs no training and no MLflow."""
    model, tables = small_model(crm), read_tables(str(crm))
    return Review(
        model=model,
        version=RegisteredVersion(1, "", {}),
        scorer=LeadScorer(ModelRung(model), GateRules.load(), Routes.load()),
        tables=tables,
        data_end_ms=data_end_ms(tables),
        language="en",
        run_store=StoreLocation.of(crm, {}),
        score_store=ScoreStore(f"sqlite:///{crm}/none.db"),
        time_zone="UTC",
    )
