"""The API's description (OpenAPI): bodies and answers, which the handlers read and write themselves."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from serving.answer_models import BatchScores, ModelCard, Problem, Score
from serving.examples import OUTCOMES, REQUESTS
from serving.history_models import ScoreHistory
from serving.instant import RANGE
from serving.outcome_models import Contradiction, RecordedOutcome
from serving.outcome_request import WHEN_CLOSED, OutcomeRequest
from serving.problems import MEDIA_TYPE
from serving.score_request import HISTORIES, ROW_NAMES, WHEN_AS_OF, score_request_model
from serving.service import Service
from serving.settings import ServiceSettings

_REFERENCE: Final = "#/components/schemas/{model}"
_JSON: Final = "application/json"
_ANSWERS: Final[dict[tuple[str, str], type[BaseModel]]] = {
    ("/score", "post"): Score,
    ("/score/batch", "post"): BatchScores,
    ("/leads/{lead_id}/scores", "get"): ScoreHistory,
    ("/model", "get"): ModelCard,
    ("/outcomes", "post"): RecordedOutcome,
}
_SUCCESSES: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("/outcomes", "post"): {"200": "stored before, or now completed", "201": "stored"},
}
_PROBLEMS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("/score", "post"): ("401", "403", "408", "413", "415", "422", "429", "503"),
    ("/score/batch", "post"): ("401", "403", "408", "413", "415", "422", "429", "503"),
    ("/leads/{lead_id}/scores", "get"): ("401", "403", "404", "422", "429", "503"),
    ("/model", "get"): ("401", "403", "429", "503"),
    ("/outcomes", "post"): ("401", "403", "408", "409", "413", "415", "422", "429", "503"),
    ("/metrics", "get"): ("401", "403", "429"),
    ("/readyz", "get"): ("503",),
}
_WORDS: Final = {
    "401": "no key, or one that is not known",
    "403": "the key is good, but not for this",
    "404": "never scored",
    "408": "the body took too long to arrive; the connection is closed",
    "409": "something else is stored of this lead; nothing was changed",
    "413": "too large",
    "415": "not JSON in UTF-8",
    "422": "invalid; every fault is listed",
    "429": "more requests of one key than it may send; Retry-After says when to send it again",
    "503": "no model yet, more requests at once than may be, or the database is away; Retry-After says when to ask",
}


class DescribedApp(FastAPI):
    """An application that describes its bodies and answers too."""

    def __init__(self, service: Service, **options: Any) -> None:
        super().__init__(**options)
        self._service = service

    def openapi(self) -> dict[str, Any]:
        """Return the description, made when it is first asked for; whether keys are needed is told as of now."""
        if self.openapi_schema is None:
            self.openapi_schema = _description(self, self._service.settings)
        security: list[dict[str, list[str]]] = [{"key": []}] if self._service.asks_for_keys else []
        for (path, method), problems in _PROBLEMS.items():
            if "401" in problems:
                self.openapi_schema["paths"][path][method]["security"] = security
        return self.openapi_schema


def _description(app: FastAPI, settings: ServiceSettings) -> dict[str, Any]:
    whole = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = _schemas(settings)
    components = whole.setdefault("components", {})
    components["schemas"] = schemas
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for (path, method), problems in _PROBLEMS.items():
        operation, place = whole["paths"][path][method], (path, method)
        successes = _SUCCESSES.get(place, {"200": operation["responses"].get("200", {}).get("description", "")})
        answers = {code: _answer(told, _ANSWERS.get(place), operation) for code, told in successes.items()}
        operation["responses"] = {**answers, **{code: _problem(code) for code in problems}}
    whole["paths"]["/score"]["post"]["requestBody"] = _body("ScoreRequest", dict(REQUESTS))
    whole["paths"]["/outcomes"]["post"]["requestBody"] = _body("OutcomeRequest", dict(OUTCOMES))
    _link(whole["paths"])
    batches = {language: {"leads": [request]} for language, request in REQUESTS.items()}
    whole["paths"]["/score/batch"]["post"]["requestBody"] = _body("BatchRequest", batches)
    return whole


def _link(paths: dict[str, Any]) -> None:
    """Say of the answers that name a lead what can come next: its history, or how it ended."""
    history = paths["/leads/{lead_id}/scores"]["get"]["operationId"]
    outcome = paths["/outcomes"]["post"]["operationId"]
    for path, lead_id in (("/score", "$response.body#/lead_id"), ("/score/batch", "$response.body#/results/0/lead_id")):
        paths[path]["post"]["responses"]["200"]["links"] = {
            "history": {"operationId": history, "parameters": {"lead_id": lead_id}},
            "outcome": {"operationId": outcome, "requestBody": {"lead_id": lead_id}},
        }


def _schemas(settings: ServiceSettings) -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    bodies: tuple[type[BaseModel], ...] = (score_request_model(), OutcomeRequest)
    models: tuple[type[BaseModel], ...] = (*bodies, *_ANSWERS.values(), Problem, Contradiction)
    for model in models:
        mode: Any = "validation" if model in bodies else "serialization"
        schema = model.model_json_schema(ref_template=_REFERENCE, mode=mode)
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    for name in ("Lead", "Company", *ROW_NAMES.values()):
        _describe_times(schemas[name]["properties"], settings.time_zone)
    _describe_times(schemas["ScoreRequest"]["properties"], settings.time_zone, WHEN_AS_OF)
    _describe_times(schemas["OutcomeRequest"]["properties"], settings.time_zone, WHEN_CLOSED)
    for table in HISTORIES:
        schemas["ScoreRequest"]["properties"][table]["anyOf"][0]["maxItems"] = settings.max_rows
    schemas["BatchRequest"] = _batch(settings.max_batch_leads)
    return dict(sorted(schemas.items()))


def _describe_times(properties: dict[str, Any], zone: str, limits: str = RANGE) -> None:
    """Say of every time how it is written and which are accepted."""
    for told in properties.values():
        if any(kind.get("format") == "date-time" for kind in (told, *told.get("anyOf", ()))):
            written = f"ISO 8601 with an offset or Z, such as 2026-03-31T09:30:00+09:00; without one in {zone}"
            told["description"] = f"{told['description']}. {written}; {limits}"


def _batch(most: int) -> dict[str, Any]:
    """Return the schema of a batch. A lead may be anything: a bad one gets a problem in its place, not the batch."""
    items = {"anyOf": [{"$ref": _REFERENCE.format(model="ScoreRequest")}, {}]}
    leads = {"type": "array", "items": items, "minItems": 1, "maxItems": most}
    return {"type": "object", "properties": {"leads": leads}, "required": ["leads"], "additionalProperties": False}


def _body(schema: str, examples: dict[Any, Any]) -> dict[str, Any]:
    told = {language: {"value": example} for language, example in examples.items()}
    content = {"schema": {"$ref": _REFERENCE.format(model=schema)}, "examples": told}
    return {"required": True, "content": {_JSON: content}}


def _answer(told: str, model: type[BaseModel] | None, operation: dict[str, Any]) -> dict[str, Any]:
    """Return the description of an answer, with its own schema where the handler does not declare one."""
    if model is None:
        return {**operation["responses"]["200"]}
    reference = {"$ref": _REFERENCE.format(model=model.__name__)}
    return {"description": told, "content": {_JSON: {"schema": reference}}}


def _problem(code: str) -> dict[str, Any]:
    reference = {"$ref": _REFERENCE.format(model="Contradiction" if code == "409" else "Problem")}
    return {"description": _WORDS[code], "content": {MEDIA_TYPE: {"schema": reference}}}
