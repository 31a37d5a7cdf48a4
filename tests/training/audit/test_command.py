"""``python -m training audit``: a table, and nothing trained."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from features.sample import write_sample
from training.__main__ import app

KEEP = '[[keep]]\nname = "leads.onboarding_plan"\nreason = "filled in by the web form"\n'


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source") / "crm"
    write_sample(folder, 2_000)
    return folder


def _audit(source: Path, **environment: str) -> Result:
    return CliRunner().invoke(app, ["audit", str(source)], env=environment)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_verdicts_and_quality_are_told_and_nothing_is_written(source: Path, tmp_path: Path) -> None:
    done = _audit(source, LANGUAGE="en")
    assert done.exit_code == 0, done.stderr
    assert "leads.onboarding_plan" in done.stdout
    assert "activities.contract_review" in done.stdout
    assert "Quality of the data" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_decision_by_hand_is_told_with_its_reason_in_japanese(source: Path, tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text(KEEP)
    done = _audit(source, AUDIT="audit.toml", LANGUAGE="ja")
    assert done.exit_code == 0, done.stderr
    dropped = [line for line in done.stdout.splitlines() if "除外" in line]
    assert not [line for line in dropped if "onboarding_plan" in line]
    assert [line for line in dropped if "contract_review" in line]


def test_name_that_the_source_does_not_have_ends_the_command(source: Path, tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text(KEEP.replace("onboarding_plan", "onboarding_plans"))
    done = _audit(source, AUDIT="audit.toml")
    assert done.exit_code == 2
    assert "Did you mean 'leads.onboarding_plan'?" in done.stderr
