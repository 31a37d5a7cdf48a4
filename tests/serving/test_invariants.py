"""What holds for every answer, whatever the lead is like."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.instant import iso
from features.lead_records import lead_snapshot
from features.wording import Language
from models.bant import GateRules
from models.conversion import ConversionModel
from models.lead_score_json import lead_score_json
from models.lead_scorer import NOT_THERE_YET, LeadScorer
from serving.answer_models import Score
from serving.company_rules import rules_champion
from serving.settings import ServiceSettings
from tests.serving.doors import Doors, as_records, doors_of
from tests.serving.random_leads import AS_OF_MS, later_rows, requests

SAMPLES = settings(max_examples=50, deadline=None)
OF_THE_SERVICE = ("score_id", "scored_at")
TOLERANCE = 1e-6
SHIPPED = Path(__file__).parents[2] / "models" / "bant" / "bant.toml"


@pytest.fixture(scope="module")
def doors(model: ConversionModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    with doors_of(model, tmp_path_factory.mktemp("doors")) as made:
        yield made


@pytest.fixture(scope="module")
def strict_gates(tmp_path_factory: pytest.TempPathFactory) -> GateRules:
    """The shipped rules, but nothing passes before every pillar does, and answers hold for a week."""
    file = tmp_path_factory.mktemp("rules") / "bant.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace("required_passes = 3", "required_passes = 4")
    file.write_text(re.sub(r"max_age_days = \d+", "max_age_days = 7", text), encoding="utf-8")
    return GateRules.load(file)


def told(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in OF_THE_SERVICE}


@given(body=requests())
@SAMPLES
def test_reasons_add_up_and_the_grade_follows(doors: Doors, body: dict[str, Any]) -> None:
    answer = doors.post(body)
    Score.model_validate(answer)
    why = answer["explanation"]
    added = why["base_log_odds"] + sum(reason["contribution_log_odds"] for reason in why["reasons"])
    assert added + why["other_log_odds"] == pytest.approx(why["log_odds"], abs=TOLERANCE)
    assert 1 / (1 + math.exp(-why["log_odds"])) == pytest.approx(answer["probability"], abs=TOLERANCE)
    assert 1 / (1 + math.exp(-why["base_log_odds"])) == pytest.approx(why["base_probability"], abs=TOLERANCE)
    for reason in why["reasons"]:
        assert (reason["contribution_log_odds"] > 0) == (reason["direction"] == "up")
        assert reason["text"]
    assert doors.champion.model is not None
    assert [answer["grade"]] == list(doors.champion.model.score_map.grade(np.array([answer["score"]])))


@given(bodies=st.lists(requests(), min_size=2, max_size=8))
@settings(max_examples=20, deadline=None)
def test_score_rises_with_the_probability(doors: Doors, bodies: list[dict[str, Any]]) -> None:
    results = doors.caller.post("/score/batch", json={"leads": bodies}).json()["results"]
    scores = [result["score"] for result in sorted(results, key=lambda result: result["probability"])]
    assert scores == sorted(scores)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_lead_that_did_not_exist_yet_is_warned_of_at_every_door(doors: Doors, language: Language) -> None:
    body = {"lead": {"lead_id": "L1", "created_at": "2025-01-01T00:00:00.001Z"}, "language": language}
    for as_of_ms, is_early in ((AS_OF_MS, True), (AS_OF_MS + 1, False)):
        by_http = doors.post(body | {"as_of": iso(as_of_ms)})["warnings"]
        [score] = doors.champion.scorer.score(as_records(body | {"as_of": ""}), lead_snapshot(as_of_ms))
        assert by_http == lead_score_json(score, language)["warnings"]
        assert (NOT_THERE_YET.in_language(language) in by_http) == is_early


@given(body=requests(), more=later_rows())
@SAMPLES
def test_rows_dated_at_or_after_as_of_change_nothing(
    doors: Doors, body: dict[str, Any], more: dict[str, list[dict[str, Any]]]
) -> None:
    with_more = body | {table: [*body.get(table, []), *rows] for table, rows in more.items()}
    assert told(doors.post(with_more)) == told(doors.post(body))


@given(body=requests())
@SAMPLES
def test_other_gates_change_gates_and_the_route_only(
    doors: Doors, strict_gates: GateRules, body: dict[str, Any]
) -> None:
    scorer = doors.champion.scorer
    records, snapshot = as_records(body), lead_snapshot(AS_OF_MS)
    first, second = (
        lead_score_json(score, "en")
        for gates in (scorer.gates, strict_gates)
        for score in LeadScorer(scorer.rung, gates, scorer.routes).score(records, snapshot)
    )
    for name in first.keys() - {"gates", "recommendation"}:
        assert first[name] == second[name]


@given(body=requests())
@SAMPLES
def test_points_add_up_where_there_is_no_model(body: dict[str, Any]) -> None:
    [score] = rules_champion(ServiceSettings()).scorer.score(as_records(body), lead_snapshot(AS_OF_MS))
    answer = lead_score_json(score, "ja")
    why = answer["explanation"]
    assert answer["method"] == "rules"
    assert "probability" not in answer
    assert not [name for name in why if "log_odds" in name or "probability" in name]
    added = sum(reason["points"] for reason in why["reasons"]) + why["other_points"]
    assert added == pytest.approx(why["points"], abs=TOLERANCE)
    assert 1 <= answer["score"] <= 99
