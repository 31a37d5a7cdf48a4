"""The command that tells what becomes of an export, and the other commands on exports."""

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from features.sample import simulate
from tests.features.importing.exports.salesforce import export_salesforce
from tests.features.importing.small_export import FIRMS, MAPPING, PEOPLE
from training.__main__ import app


@pytest.fixture(scope="module")
def salesforce(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_salesforce(simulate(700, seed=3)).write_files(tmp_path_factory.mktemp("crm") / "export")


def _run(folder: Path, crm: str, *arguments: str, language: str = "en") -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("MLFLOW_TRACKING_URI", raising=False)
        return CliRunner().invoke(app, list(arguments), env={"CRM": crm, "LANGUAGE": language})


TOLD = {
    "en": (
        "Kept as custom fields",
        "leads.product_interest",
        "tells the outcome",
        "lead_of_opportunity",
        "Ready to train on: leads 700",
    ),
    "ja": (
        "カスタム項目として残す項目",
        "leads.product_interest",
        "結果とともに入力される項目",
        "結合",
        "学習に使えます: leads 700",
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_everything_about_an_export_is_told(language: str, salesforce: Path, tmp_path: Path) -> None:
    done = _run(tmp_path, "salesforce", "import-check", str(salesforce), language=language)
    assert done.exit_code == 0, done.output
    assert all(part in done.output for part in TOLD[language]), done.output
    assert not list(tmp_path.iterdir())


def _small(folder: Path, people: str) -> str:
    (folder / "export").mkdir()
    (folder / "export" / "people.csv").write_text(people)
    (folder / "export" / "firms.csv").write_text(FIRMS)
    (folder / "own.toml").write_text(MAPPING)
    return str(folder / "export")


def test_export_that_does_not_fit_ends_with_2_and_still_tells_the_rest(tmp_path: Path) -> None:
    source = _small(tmp_path, PEOPLE.replace("No,", "Nope,"))
    done = _run(tmp_path, "own.toml", "import-check", source)
    assert done.exit_code == 2
    assert "every value has a meaning; found 'Nope' (1 row, first in row 3)" in done.output
    assert "Values without a mapping" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("command", ["import-check", "train"])
@pytest.mark.parametrize(("crm", "told"), [("hubspt", "Did you mean 'hubspot'?"), ("none.toml", "No such file")])
def test_mapping_that_is_not_there_ends_with_2(command: str, crm: str, told: str, tmp_path: Path) -> None:
    done = _run(tmp_path, crm, command, _small(tmp_path, PEOPLE))
    assert done.exit_code == 2
    assert told in done.output


def test_export_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    done = _run(tmp_path, "salesforce", "import-check", str(tmp_path / "nowhere"))
    assert done.exit_code == 2
    assert "nowhere: the source exists" in done.output
    assert "a file is named" not in done.output


def test_training_on_an_export_records_the_mapping(salesforce: Path, tmp_path: Path) -> None:
    done = _run(tmp_path, "salesforce", "train", str(salesforce))
    assert done.exit_code == 0, done.output
    with sqlite3.connect(f"file:{tmp_path}/.mlflow/tracking.db?mode=ro", uri=True) as store:
        tags = dict(store.execute("select key, value from tags"))
    assert tags["crm"] == "salesforce.toml"
    assert len(tags["crm_version"]) == 12
