"""``python -m serving score``, as sales ops run it."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from serving.__main__ import app


def test_command_scores_by_rules_and_says_how_many(crm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(
        app, ["score", str(crm), "scores.csv", "--language", "ja"], env={"LEADS_METHOD": "rules"}
    )
    assert ended.exit_code == 0, ended.output
    assert "leads scored in" in ended.stderr
    frame = pd.read_csv("scores.csv", encoding="utf-8-sig")
    assert frame["probability"].isna().all()
    assert "ください" in frame["recommendation"].iloc[0]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nowhere", "scores.csv"], 2, "nothing was scored"),
        (["{crm}", "scores.txt"], 2, "must end with"),
        (["{crm}", "scores.csv", "--snapshots", "missing.csv"], 2, "cannot be read"),
    ],
)
def test_command_that_cannot_score_says_why(
    arguments: list[str], code: int, told: str, crm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(
        app, ["score", *(part.format(crm=crm) for part in arguments)], env={"LEADS_METHOD": "rules"}
    )
    assert (ended.exit_code, told in ended.stderr) == (code, True), ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_command_without_a_model_says_what_to_do(crm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(app, ["score", str(crm), "scores.csv"])
    assert (ended.exit_code, "run `make train`" in ended.stderr) == (3, True)
