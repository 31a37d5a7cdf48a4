"""The table from grade and gates to a route."""

from pathlib import Path

import pytest

from features.rules_file import RulesError
from features.wording import LANGUAGES
from models.bant.gates import OVERALLS, Overall
from models.recommendation import ROUTES, Routes, recommend
from models.recommendation.routes import DEFAULT_ROUTES
from models.score_map import GRADES, Grade

TEXT = DEFAULT_ROUTES.read_text(encoding="utf-8")


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("overall", OVERALLS)
def test_every_cell_has_a_route_and_a_sentence_in_both_languages(grade: Grade, overall: Overall) -> None:
    recommendation = recommend(Routes.load(), grade, overall)
    assert recommendation.route in ROUTES
    assert all(recommendation.text.in_language(language).endswith((".", "。")) for language in LANGUAGES)


def test_every_route_is_used_and_every_sentence_is_one_of_its_own() -> None:
    cells = Routes.load().cells
    assert len(cells) == 12
    assert {cell.route for cell in cells.values()} == set(ROUTES)
    assert len({cell.text for cell in cells.values()}) == 12


def test_high_grade_with_open_questions_is_called_to_ask_them() -> None:
    assert recommend(Routes.load(), "A", "needs_discovery").route == "discover"


def test_low_grade_that_passes_the_gates_gets_a_second_look() -> None:
    recommendation = recommend(Routes.load(), "D", "qualified")
    assert recommendation.route == "discover"
    assert "second look" in recommendation.text.en


def test_own_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "routes.toml"
    path.write_text(TEXT.replace('route = "nurture"', 'route = "long_term"'), encoding="utf-8")
    routes = Routes.load(path)
    assert recommend(routes, "C", "needs_discovery").route == "long_term"
    assert routes.version != Routes.load().version


@pytest.mark.parametrize(
    ("correct", "mistaken", "message"),
    [
        ('route = "call_now"', 'route = "callnow"', r"line 23: A\.qualified\.route: .*Did you mean 'call_now'\?"),
        ('route = "call_now"', "route = 3", r"A\.qualified\.route: one of call_now, .*found 3"),
        ("[A.qualified]", "[A.qualfied]", r"line 22: A\.qualfied: .*Did you mean 'qualified'\?"),
        ("[D.disqualified]", "[E.disqualified]", r"E: .*found 'E'\. Known here: A, B, C, D\."),
        ('en = "Call today', 'eng = "Call today', r"line 24: A\.qualified\.eng: .*Did you mean 'en'\?"),
        ('en = "Call today: a very likely lead, and BANT-C is met."', 'en = " "', r"line 24: .*a text in quotes"),
        ("[B.qualified]", "[A.qualified]", r"TOML is required .*name every key once"),
    ],
)
def test_mistake_is_told_with_its_line_and_a_way_out(tmp_path: Path, correct: str, mistaken: str, message: str) -> None:
    path = tmp_path / "routes.toml"
    path.write_text(TEXT.replace(correct, mistaken, 1), encoding="utf-8")
    with pytest.raises(RulesError, match=message):
        Routes.load(path)


def test_all_missing_cells_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "routes.toml"
    path.write_text(TEXT.split("# ---- D")[0], encoding="utf-8")
    with pytest.raises(RulesError, match=r"D\.qualified\.route") as error:
        Routes.load(path)
    assert {mistake.place.rsplit(".", 1)[0] for mistake in error.value.mistakes} == {f"D.{name}" for name in OVERALLS}
