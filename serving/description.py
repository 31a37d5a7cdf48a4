"""The API's description (OpenAPI): bodies and answers, which the handlers read and write themselves."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from serving.answer_models import BatchScores, ModelCard, Problem, Score
from serving.examples import REQUESTS
from serving.history_models import ScoreHistory
from serving.problems import MEDIA_TYPE
from serving.score_request import HISTORIES, score_request_model
from serving.settings import ServiceSettings

_REFERENCE: Final = "#/components/schemas/{model}"
_JSON: Final = "application/json"
_ANSWERS: Final[dict[tuple[str, str], type[BaseModel]]] = {
    ("/score", "post"): Score,
    ("/score/batch", "post"): BatchScores,
    ("/leads/{lead_id}/scores", "get"): ScoreHistory,
    ("/model", "get"): ModelCard,
}
_PROBLEMS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("/score", "post"): ("401", "403", "413", "415", "422", "503"),
    ("/score/batch", "post"): ("401", "403", "413", "415", "422", "503"),
    ("/leads/{lead_id}/scores", "get"): ("401", "403", "404", "422", "503"),
    ("/model", "get"): ("401", "403", "503"),
    ("/metrics", "get"): ("401", "403"),
    ("/readyz", "get"): ("503",),
}
_WORDS: Final = {
    "401": "no key, or one that is not known",
    "403": "the key is good, but not for this",
    "404": "never scored",
    "413": "too large",
    "415": "not JSON in UTF-8",
    "422": "invalid; every fault is listed",
    "503": "no model yet, or the database is away",
}


class DescribedApp(FastAPI):
    """An application that describes its bodies and answers too."""

    def __init__(self, settings: ServiceSettings, **options: Any) -> None:
        super().__init__(**options)
        self._settings = settings

    def openapi(self) -> dict[str, Any]:
        """Return the description, made when it is first asked for."""
        if self.openapi_schema is None:
            self.openapi_schema = _description(self, self._settings)
        return self.openapi_schema


def _description(app: FastAPI, settings: ServiceSettings) -> dict[str, Any]:
    whole = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = _schemas(settings)
    components = whole.setdefault("components", {})
    components["schemas"] = schemas
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for (path, method), problems in _PROBLEMS.items():
        operation = whole["paths"][path][method]
        _answer(operation, _ANSWERS.get((path, method)))
        operation["responses"] = {"200": operation["responses"]["200"], **{code: _problem(code) for code in problems}}
        if "401" in problems:
            operation["security"] = [{"key": []}] if not settings.is_loopback else [{}, {"key": []}]
    whole["paths"]["/score"]["post"]["requestBody"] = _body("ScoreRequest", dict(REQUESTS))
    batches = {language: {"leads": [request]} for language, request in REQUESTS.items()}
    whole["paths"]["/score/batch"]["post"]["requestBody"] = _body("BatchRequest", batches)
    return whole


def _schemas(settings: ServiceSettings) -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    models: tuple[type[BaseModel], ...] = (score_request_model(), *_ANSWERS.values(), Problem)
    for model in models:
        mode: Any = "validation" if model is score_request_model() else "serialization"
        schema = model.model_json_schema(ref_template=_REFERENCE, mode=mode)
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    for table in HISTORIES:
        schemas["ScoreRequest"]["properties"][table]["anyOf"][0]["maxItems"] = settings.max_rows
    schemas["BatchRequest"] = _batch(settings.max_batch_leads)
    return dict(sorted(schemas.items()))


def _batch(most: int) -> dict[str, Any]:
    """Return the schema of a batch. A lead may be anything: a bad one gets a problem in its place, not the batch."""
    items = {"anyOf": [{"$ref": _REFERENCE.format(model="ScoreRequest")}, {}]}
    leads = {"type": "array", "items": items, "minItems": 1, "maxItems": most}
    return {"type": "object", "properties": {"leads": leads}, "required": ["leads"], "additionalProperties": False}


def _body(schema: str, examples: dict[Any, Any]) -> dict[str, Any]:
    told = {language: {"value": example} for language, example in examples.items()}
    content = {"schema": {"$ref": _REFERENCE.format(model=schema)}, "examples": told}
    return {"required": True, "content": {_JSON: content}}


def _answer(operation: dict[str, Any], model: type[BaseModel] | None) -> None:
    if model is not None:
        reference = {"$ref": _REFERENCE.format(model=model.__name__)}
        operation["responses"]["200"]["content"] = {_JSON: {"schema": reference}}


def _problem(code: str) -> dict[str, Any]:
    return {
        "description": _WORDS[code],
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}},
    }
