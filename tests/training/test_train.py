"""The whole thread: a folder of tables becomes a registered model and a report."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.compute import compute
from features.instant import to_ms
from features.reading import read_tables
from features.records import Records
from features.sample import write_sample
from features.snapshots import Snapshots
from models.conversion import ConversionModel
from training.learning import learn
from training.settings import TrainingSettings
from training.trained import Trained

LEADS = 1_200


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source") / "crm"
    write_sample(folder, LEADS)
    return folder


@pytest.fixture(scope="module")
def trained(source: Path) -> Trained:
    return _learn(source)


def _learn(source: Path) -> Trained:
    return learn(read_tables(str(source)), TrainingSettings(str(source)), lambda _: None)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_same_data_and_seed_give_the_same_model_folder_byte_for_byte(
    source: Path, trained: Trained, tmp_path: Path
) -> None:
    trained.model.save(tmp_path / "once")
    _learn(source).model.save(tmp_path / "again")
    assert _files(tmp_path / "once") == _files(tmp_path / "again")


def test_loaded_model_gives_the_same_probabilities_to_the_last_bit(trained: Trained, tmp_path: Path) -> None:
    trained.model.save(tmp_path)
    loaded = ConversionModel.load(tmp_path)
    matrix = trained.data.matrix
    assert loaded.probability(matrix).tobytes() == trained.model.probability(matrix).tobytes()


def test_contributions_add_up_to_the_shown_probability(trained: Trained) -> None:
    matrix = trained.data.matrix
    contributions = trained.model.contributions(matrix)
    log_odds = contributions.base + contributions.values.sum(axis=1)
    np.testing.assert_allclose(1 / (1 + np.exp(-log_odds)), trained.model.probability(matrix), atol=1e-9)


def test_field_filled_in_after_the_outcome_is_no_feature(trained: Trained) -> None:
    assert "leads.onboarding_plan" in trained.audit.dropped
    assert "lead_onboarding_plan" not in trained.fitted.spec.names


def test_activity_recorded_after_the_outcome_is_not_seen_before_it(trained: Trained) -> None:
    activities = trained.prepared.tables.activities
    late = activities[activities["type"] == "contract_review"]
    assert (to_ms(late["recorded_at"]) > to_ms(late["occurred_at"])).all()
    assert not any("contract_review" in name for name in trained.fitted.spec.names)


def test_model_is_told_what_it_must_not_see(trained: Trained) -> None:
    planted = {"leads.onboarding_plan", "activities.contract_review"}
    assert trained.model.spec.excluded == trained.audit.dropped == planted


@pytest.fixture(scope="module")
def workplace(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the command as its user does, in a folder of its own."""
    folder = tmp_path_factory.mktemp("workplace")
    done = _command(folder, "train", str(source))
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def _command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "MLFLOW_TRACKING_URI"}
    command = [sys.executable, "-m", "training", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_training_ends_with_the_table_the_version_the_alias_and_the_report(workplace: tuple[Path, str]) -> None:
    folder, said = workplace
    for expected in ("Ranking (ROC AUC)", "base rate", "verdict", "lead-conversion version 1, alias champion"):
        assert expected in said
    report = next(line.split()[-1] for line in said.splitlines() if line.startswith("report"))
    assert "<html" in (folder / report).read_text(encoding="utf-8")


PREDICT = """
import sys
from pathlib import Path
import mlflow
import pandas as pd
store, source, answer = sys.argv[1:]
mlflow.set_tracking_uri(store)
model = mlflow.pyfunc.load_model("models:/lead-conversion@champion")
tables = {path.name.split(".")[0]: pd.read_csv(path, dtype="str") for path in Path(source).iterdir()}
tables["leads"]["as_of"] = "2026-03-01T00:00:00Z"
model.predict(tables).to_parquet(answer)
"""


def test_champion_predicts_in_a_fresh_process_what_the_projects_own_code_predicts(
    workplace: tuple[Path, str], source: Path, tmp_path: Path
) -> None:
    store, answer = f"sqlite:///{workplace[0]}/.mlflow/tracking.db", tmp_path / "answer.parquet"
    subprocess.run([sys.executable, "-c", PREDICT, store, str(source), str(answer)], cwd=tmp_path, check=True)
    told = pd.read_parquet(answer)
    model = ConversionModel.load(next(workplace[0].glob(".mlflow/artifacts/**/model.json")).parent)
    records = Records.of(read_tables(str(source)))
    as_of_ms = np.full(LEADS, pd.Timestamp("2026-03-01", tz="UTC").value // 1_000_000)
    matrix = compute(model.spec, records, Snapshots(np.arange(LEADS), as_of_ms))
    assert told["probability"].to_numpy().tobytes() == model.probability(matrix).tobytes()


def _runs(folder: Path) -> list[str]:
    with sqlite3.connect(f"file:{folder}/.mlflow/tracking.db?mode=ro", uri=True) as store:
        return [status for (status,) in store.execute("select status from runs")]


def _versions(folder: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{folder}/.mlflow/tracking.db?mode=ro", uri=True) as store:
        aliases = store.execute("select alias, version from registered_model_aliases").fetchall()
        return [*store.execute("select name, version from model_versions").fetchall(), *aliases]


def test_training_killed_in_the_middle_leaves_the_registry_as_it_was(workplace: tuple[Path, str], source: Path) -> None:
    folder, _ = workplace
    before = _versions(folder)
    training = subprocess.Popen([sys.executable, "-m", "training", "train", str(source)], cwd=folder)
    while "RUNNING" not in _runs(folder):
        assert training.poll() is None
        time.sleep(0.02)
    training.kill()
    assert training.wait() == -signal.SIGKILL
    assert _versions(folder) == before
