"""Decisions by hand, read strictly."""

from pathlib import Path

import pytest

from features.rules_file import RulesError
from training.audit.dossier import Dossier
from training.audit.overrides import Overrides, overridden
from training.audit.subjects import Subject
from training.audit.verdicts import judge

NAMES = ("leads.seats", "leads.form_variant", "activities.call")


def _overrides(folder: Path, text: str) -> Overrides:
    path = folder / "audit.toml"
    path.write_text(text, encoding="utf-8")
    return Overrides(path)


def test_decision_takes_the_place_of_the_verdict_and_keeps_its_reason(tmp_path: Path) -> None:
    drop = '[[drop]]\nname = "leads.seats"\nreason = "guessed by sales"\n'
    keep = '[[keep]]\nname = "activities.call"\nreason = "ours"\n'
    decided = _overrides(tmp_path, drop + keep).of(NAMES)
    subjects = [Subject(table, column, (), is_dated=False) for table, column in (name.split(".") for name in NAMES)]
    verdicts = [judge(Dossier(subject)) for subject in subjects]
    found = [(one.name, one.level, one.override) for one in overridden(verdicts, decided)]
    assert found == [
        ("leads.seats", "drop", "guessed by sales"),
        ("leads.form_variant", "keep", None),
        ("activities.call", "keep", "ours"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[keep]]\nname = "leads.seat"\nreason = "x"', "line 2: .*Did you mean 'leads.seats'?"),
        ('[[keep]]\nname = "leads.seats"', "line 1: .*reason"),
        ('[[keep]]\nreason = "x"', "line 1: .*name"),
        ('[[kept]]\nname = "leads.seats"\nreason = "x"', "line 1: .*Known here: keep, drop"),
        (
            '[[keep]]\nname = "leads.seats"\nreason = "x"\n[[drop]]\nname = "leads.seats"\nreason = "y"',
            "line 5: .*once",
        ),
        ('[[keep]]\nname = "zzz"\nreason = "x"', "line 2: .*make audit lists them"),
    ],
    ids=["misspelt", "no reason", "no name", "unknown table", "twice", "far from all"],
)
def test_mistake_is_told_with_its_line_and_what_to_write(tmp_path: Path, text: str, told: str) -> None:
    overrides = _overrides(tmp_path, text)
    with pytest.raises(RulesError, match=told):
        overrides.of(NAMES)


def test_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="a readable file"):
        Overrides(tmp_path / "nowhere.toml")
