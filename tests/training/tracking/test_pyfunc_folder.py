import ast
import json
import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
import pytest

from features.catalogue import FEATURES
from features.recipe import CatalogueRecipe
from features.spec import FeatureSpec, FittedFeature
from models.booster import BoosterMember
from models.calibration import Calibration
from models.conversion import ConversionModel
from models.flavor import LeadScorer
from models.registry_names import CHAMPION
from models.score_map import ScoreMap
from training.tracking.pyfunc_folder import REQUIREMENTS
from training.tracking.registry import name_version, register
from training.tracking.store_location import StoreLocation
from training.tracking.tracked_run import tracked_run
from training.tracking.tracking_store import open_store

ROOT = Path(__file__).parents[3]
LEADS = pd.DataFrame(
    {
        "lead_id": ["ann", "bob"],
        "created_at": ["2026-01-01T00:00:00Z", "2026-01-05T00:00:00Z"],
        "as_of": "2026-02-01T00:00:00Z",
        "activities": [[{"type": "call", "occurred_at": "2026-01-09T08:00:00+09:00"}], []],
    }
)
PROGRAM = """
import json, sys, mlflow, pandas
model = mlflow.pyfunc.load_model("models:/lead-conversion@champion")
told = model.predict(pandas.DataFrame(json.load(sys.stdin)))
print(json.dumps(told.to_dict("list")))
"""


@pytest.fixture
def model() -> ConversionModel:
    numeric = [name for name, feature in FEATURES.items() if feature.unit != "category"]
    spec = FeatureSpec(tuple(FittedFeature(CatalogueRecipe(name), None) for name in numeric))
    values = np.random.default_rng(5).integers(0, 4, (400, len(numeric))).astype(np.float64)
    data = lightgbm.Dataset(values, (values.sum(axis=1) > values.sum(axis=1).mean()).astype(np.float64))
    booster = lightgbm.train({"objective": "binary", "verbosity": -1, "num_threads": 1}, data, num_boost_round=20)
    score_map = ScoreMap(tuple(place / 100 for place in range(1, 99)), (90, 70, 41))
    return ConversionModel(spec, (BoosterMember.of(booster),), (1.0,), Calibration(0.1, 0.9), score_map, 90)


@pytest.fixture
def registered(location: StoreLocation, model: ConversionModel, tmp_path: Path) -> Path:
    """Register the model as champion and return the folder of its version."""
    model.save(tmp_path / "model")
    with tracked_run(open_store(location), {}) as run:
        version = register(run, tmp_path / "model", {"verdict": "useful"})
        name_version(run.store, version.version, CHAMPION)
        return Path(run.artifact_uri) / "model"


@pytest.mark.usefixtures("registered")
def test_champion_gives_the_same_numbers_in_a_process_that_knows_nothing_of_the_project(
    location: StoreLocation, model: ConversionModel, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    answer = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM],
        input=LEADS.to_json(),
        cwd=tmp_path / "elsewhere",
        env={**environment, "MLFLOW_TRACKING_URI": location.uri, "MLFLOW_DISABLE_TELEMETRY": "true"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found == LeadScorer(model).predict(LEADS).to_dict("list")
    assert found["probability"][0] != found["probability"][1]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_version_holds_text_our_compiled_modules_and_the_model_s_own_bytes(registered: Path, tmp_path: Path) -> None:
    files = [path for path in registered.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= {"", ".json", ".txt", ".toml", ".py", ".typed", ".yaml", ".so"}
    for path in (path for path in files if path.suffix == ".so"):
        assert path.read_bytes() == (ROOT / path.relative_to(registered / "code")).read_bytes()
    for path in (tmp_path / "model").iterdir():
        assert (registered / "data" / "conversion" / path.name).read_bytes() == path.read_bytes()


def test_requirements_are_what_the_packages_import() -> None:
    imported: set[str] = set()
    for path in [*(ROOT / "features").rglob("*.py"), *(ROOT / "models").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    outside = imported - sys.stdlib_module_names - {"features", "models"}
    distributions = packages_distributions()
    assert {distributions[name][0].lower() for name in outside} == set(REQUIREMENTS)
