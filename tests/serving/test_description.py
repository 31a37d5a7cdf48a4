import json
from importlib import import_module
from typing import Any

import pytest

from serving.examples import REQUESTS
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
    assert set(description["paths"]["/score"]["post"]["responses"]) == {"200", "401", "403", "413", "415", "422", "503"}
