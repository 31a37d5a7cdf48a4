import json
import time
from importlib import import_module
from typing import Any

import pytest

from features.wording import Language
from serving.examples import OUTCOMES, REQUESTS
from serving.key_file import make_key
from serving.settings import ServiceSettings
from tests.serving.caller import Caller

JSON_SCHEMA: Any = import_module("jsonschema").Draft202012Validator  # it comes without types


@pytest.fixture
def description(caller: Caller) -> dict[str, Any]:
    told: dict[str, Any] = caller.get("/openapi.json").json()
    return told


def validator(description: dict[str, Any], name: str) -> Any:
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    JSON_SCHEMA.check_schema(schema)
    return JSON_SCHEMA(schema)


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    text = json.dumps(description)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= description["components"]["schemas"].keys()


@pytest.mark.parametrize("language", REQUESTS)
def test_examples_are_what_the_description_says(caller: Caller, description: dict[str, Any], language: str) -> None:
    body = description["paths"]["/score"]["post"]["requestBody"]["content"]["application/json"]
    example = body["examples"][language]["value"]
    validator(description, "ScoreRequest").validate(example)
    validator(description, "Score").validate(caller.post("/score", json=example).json())
    batch = caller.post("/score/batch", json={"leads": [example, {}]}).json()
    validator(description, "BatchScores").validate(batch)


@pytest.mark.parametrize("language", OUTCOMES)
def test_outcomes_are_what_the_description_says(
    caller: Caller, description: dict[str, Any], language: Language
) -> None:
    body = description["paths"]["/outcomes"]["post"]["requestBody"]["content"]["application/json"]
    example = body["examples"][language]["value"]
    assert example == OUTCOMES[language]
    validator(description, "OutcomeRequest").validate(example)
    for expected in (201, 200):
        answered = caller.post("/outcomes", json=example)
        assert answered.status_code == expected
        validator(description, "RecordedOutcome").validate(answered.json())
    refused = caller.post("/outcomes", json=example | {"amount": 1})
    validator(description, "Contradiction").validate(refused.json())


@pytest.mark.parametrize(
    "bad", [{}, {"lead": {"lead_id": 1}}, REQUESTS["en"] | {"more": 1}, REQUESTS["en"] | {"company": 1}]
)
def test_what_the_description_forbids_is_refused(caller: Caller, description: dict[str, Any], bad: Any) -> None:
    assert not validator(description, "ScoreRequest").is_valid(bad)
    refused = caller.post("/score", json=bad)
    assert refused.status_code == 422
    validator(description, "Problem").validate(refused.json())


def test_columns_are_those_of_the_tables_with_their_meaning(description: dict[str, Any]) -> None:
    lead = description["components"]["schemas"]["Lead"]
    assert lead["required"] == ["lead_id", "created_at"]
    assert lead["properties"]["source"]["description"] == "where the lead came from"
    assert description["components"]["schemas"]["Activity"]["additionalProperties"] is False


def test_refusals_are_described(description: dict[str, Any]) -> None:
    told = set(description["paths"]["/score"]["post"]["responses"])
    assert told == {"200", "401", "403", "408", "413", "415", "422", "429", "503"}


def test_times_say_how_they_are_written_and_which_are_accepted(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    for row, name in (("Lead", "created_at"), ("Activity", "recorded_at"), ("Deal", "closed_at")):
        told = schemas[row]["properties"][name]["description"]
        assert "without one in Asia/Tokyo; between the years 1900 and 2200" in told
    assert "not later than now" in schemas["ScoreRequest"]["properties"]["as_of"]["description"]


def test_field_history_says_what_of_a_later_change_is_known(description: dict[str, Any]) -> None:
    told = description["components"]["schemas"]["ScoreRequest"]["properties"]["field_history"]["description"]
    assert "its old_value is" in told


def test_key_is_described_as_needed_where_it_is(caller: Caller, settings: ServiceSettings) -> None:
    def told() -> list[Any]:
        paths = caller.get("/openapi.json").json()["paths"]
        return [paths[path][method]["security"] for path, method in (("/score", "post"), ("/metrics", "get"))]

    assert told() == [[], []]
    make_key(settings.keys_file, "crm", ["score"], 0)
    until = time.monotonic() + 10
    while caller.get("/model").status_code != 401 and time.monotonic() < until:
        time.sleep(0.05)
    assert told() == [[{"key": []}]] * 2
