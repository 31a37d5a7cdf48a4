from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from models.bant.__main__ import app
from models.bant.gates import OVERALLS, STATUSES
from models.bant.pillars import PILLARS, answers_of
from models.bant.rules import SHIPPED, GateRules

TEXT = SHIPPED.read_text(encoding="utf-8")
LANGUAGES = ("en", "ja")
RUNNER = CliRunner(env={"LANGUAGE": None, "COLUMNS": "100"})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "crm"
    folder.mkdir()
    ids = [f"lead-{number}" for number in range(6)]
    outcomes = ["won", "lost"] * 3
    leads = {"lead_id": ids, "created_at": "2026-01-01", "outcome": outcomes, "closed_at": "2026-06-01"}
    pd.DataFrame(leads).to_csv(folder / "leads.csv", index=False)
    answers = {"lead_id": ids[:4], "answered_at": "2026-05-20", "need": ["must", "none", "must", "must"]}
    pd.DataFrame(answers).to_csv(folder / "qualifications.csv", index=False)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", [[], ["--explain"]])
def test_rules_are_explained_in_either_language(arguments: list[str], language: str) -> None:
    rules = GateRules.load()
    result = RUNNER.invoke(app, [*arguments, "--language", language])
    assert result.exit_code == 0
    assert rules.rules_version in result.stdout
    for pillar, name in PILLARS.items():
        assert getattr(name, language) in result.stdout
        assert getattr(rules.pillars[pillar].question, language) in result.stdout
        assert all(answer in result.stdout for answer in answers_of(pillar))
    for words in (*STATUSES.values(), *OVERALLS.values()):
        assert getattr(words, language) in result.stdout


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1,000,000 JPY or more", "less than 1,000,000 JPY", "Need fails or 3 or more pillars fail", "1 day"]),
        (
            "ja",
            [
                "1,000,000 JPY以上",
                "1,000,000 JPY未満",
                "必要性を満たさない、または満たさない項目が3つ以上ある場合",
                "1日",
            ],
        ),
    ],
)
def test_own_rules_are_explained_with_their_amounts(language: str, told: list[str], tmp_path: Path) -> None:
    minimum = '[budget.minimum]\namount = 1_000_000\ncurrency = "JPY"\nmax_age_days = 1'
    text = TEXT.replace("# [budget.minimum]", minimum).replace("# fails_that", "fails_that")
    own = tmp_path / "mine.toml"
    own.write_text(text, encoding="utf-8")
    result = RUNNER.invoke(app, [str(own), "--explain", "--language", language])
    assert result.exit_code == 0
    for words in told:
        assert words in result.stdout


@pytest.mark.parametrize(("language", "told"), [("en", "disqualified: never"), ("ja", "対象外：条件なし")])
def test_rules_that_disqualify_nobody_say_so(language: str, told: str, tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(TEXT.replace("disqualifies = true", "disqualifies = false"), encoding="utf-8")
    assert told in RUNNER.invoke(app, [str(own), "--language", language]).stdout


@pytest.mark.parametrize(
    ("language", "title", "need"),
    [
        ("en", "6 decided leads, 3 of them won (50.0 %)", ["Need", "pass", "3", "2", "66.7 %", "20.8–93.9 %", "1.33"]),
        ("ja", "リード6件、うち成約3件（50.0 %）", ["必要性", "満たす", "3", "2", "66.7 %", "20.8–93.9 %", "1.33"]),
    ],
)
def test_backtest_shows_rates_with_intervals(language: str, title: str, need: list[str], source: Path) -> None:
    result = RUNNER.invoke(app, ["--backtest", str(source), "--language", language])
    assert result.exit_code == 0
    assert title in result.stdout
    [row] = [line for line in result.stdout.splitlines() if line.strip().startswith(need[0])]
    assert "".join(row.split()) == "".join("".join(need).split())


def test_backtest_days_before_sees_only_what_was_known_then(source: Path) -> None:
    result = RUNNER.invoke(app, ["--backtest", str(source), "--days-before", "30"])
    [row] = [line for line in result.stdout.splitlines() if line.strip().startswith("Need")]
    assert row.split()[1:4] == ["pass", "0", "0"]


def test_backtest_of_undecided_leads_shows_empty_rows(source: Path) -> None:
    leads = pd.read_csv(source / "leads.csv").assign(outcome="open", closed_at=None)
    leads.to_csv(source / "leads.csv", index=False)
    result = RUNNER.invoke(app, ["--backtest", str(source)])
    assert result.exit_code == 0
    assert "0 decided leads, 0 of them won (–)" in result.stdout


def test_every_mistake_in_the_rules_is_told_and_nothing_else(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(TEXT.replace('["can_buy"', '["can_by"').replace("immediate = 45", "imediate = 45"), encoding="utf-8")
    result = RUNNER.invoke(app, [str(own), "--explain"])
    assert result.exit_code == 2
    assert "Did you mean 'can_buy'?" in result.stderr
    assert "Did you mean 'immediate'?" in result.stderr
    assert result.stdout == ""


def test_missing_source_is_told_with_exit_code_2(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["--backtest", str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert "Check the path" in result.stderr


def test_unknown_time_zone_is_told_with_exit_code_2(source: Path) -> None:
    result = RUNNER.invoke(app, ["--backtest", str(source), "--time-zone", "Tokio"])
    assert result.exit_code == 2
    assert "Asia/Tokyo" in result.stderr
