"""``POST /score`` and ``POST /score/batch``."""

import time
from typing import Any, Final

import orjson
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from features.wording import Language
from serving.accept_language import accepted_language
from serving.access import admit
from serving.answering import Answer, answer, read_request
from serving.body import read_json
from serving.champion import Champion
from serving.direct_route import DirectRoute
from serving.problems import FieldError, ProblemError, invalid_request
from serving.request_errors import kind_of
from serving.request_header import request_header
from serving.row_fields import Reading
from serving.service import Service, service_of

_JSON: Final = "application/json"
_LONG_HISTORY: Final = 500
"""Rows from which a request is answered beside the others, not before them."""

router = APIRouter(tags=["scoring"], route_class=DirectRoute)


@router.post("/score", summary="Score one lead")
async def score(request: Request) -> Response:
    """Return the probability, score, reasons, gates and recommendation of one lead from its raw rows."""
    service = service_of(request)
    admit(request, service, "score")
    champion = service.champion.required()
    content = await read_json(request, service.settings.max_body_bytes)
    language = _language(request, service)

    def scored() -> Answer:
        now_ms = _now_ms()
        return answer(champion, read_request(content, _reading(service, now_ms)), language, now_ms)

    # A thread of its own costs a short request a tenth of its time; a long one would keep all others waiting.
    answered = await run_in_threadpool(scored) if _is_long(content) else scored()
    _remember(service, [answered])
    return Response(orjson.dumps(answered.content), media_type=_JSON)


@router.post("/score/batch", summary="Score many leads")
async def score_batch(request: Request) -> Response:
    """Return one answer per lead, in order; one bad lead does not fail the rest."""
    service = service_of(request)
    admit(request, service, "score")
    champion = service.champion.required()
    content = await read_json(request, service.settings.max_batch_bytes)
    leads = _batch(content, service.settings.max_batch_leads)
    language = _language(request, service)
    results = await run_in_threadpool(_answers, service, champion, leads, language)
    _remember(service, [result for result in results if isinstance(result, Answer)])
    told = [result.content if isinstance(result, Answer) else result for result in results]
    return Response(orjson.dumps({"results": told}), media_type=_JSON)


def _answers(
    service: Service, champion: Champion, leads: list[Any], language: Language
) -> list[Answer | dict[str, Any]]:
    return [_answer_or_problem(service, champion, lead, place, language) for place, lead in enumerate(leads)]


def _answer_or_problem(
    service: Service, champion: Champion, lead: Any, place: int, language: Language
) -> Answer | dict[str, Any]:
    now_ms = _now_ms()
    try:
        request = read_request(lead, _reading(service, now_ms), ("body", "leads", place))
    except ProblemError as error:
        return {"lead_id": _lead_id(lead), "problem": error.problem.to_json()}
    return answer(champion, request, language, now_ms)


def _batch(content: Any, most: int) -> list[Any]:
    """Return the requests of a batch.

    Raises
    ------
    ProblemError
        422 where it is no batch.
    """
    errors = []
    leads = content.get("leads") if isinstance(content, dict) else None
    if not isinstance(content, dict) or "leads" not in content:
        errors.append(FieldError(("body", "leads"), "is required", "nothing"))
    elif not isinstance(leads, list) or not 1 <= len(leads) <= most:
        errors.append(FieldError(("body", "leads"), f"must be a list of 1 to {most:,} requests", kind_of(leads)))
    others = [name for name in content if name != "leads"] if isinstance(content, dict) else []
    errors += [
        FieldError(("body", name[:100]), "is not known here; there is leads", kind_of(content[name])) for name in others
    ]
    if errors or not isinstance(leads, list):
        raise ProblemError(invalid_request(errors))
    return leads


def _remember(service: Service, answers: list[Answer]) -> None:
    for answered in answers:
        service.metrics.scored(answered.entry.method, answered.entry.grade)
        service.history.put(answered.entry)
        if service.shadow is not None:
            service.shadow.put(answered.request, answered.entry.scored_at_ms)


def _reading(service: Service, now_ms: int) -> Reading:
    return Reading(service.zone, now_ms, service.settings.max_rows)


def _language(request: Request, service: Service) -> Language:
    return accepted_language(request_header(request, b"accept-language"), service.settings.language)


def _is_long(content: Any) -> bool:
    return isinstance(content, dict) and any(
        len(rows) > _LONG_HISTORY for rows in content.values() if isinstance(rows, list)
    )


def _lead_id(lead: Any) -> str | None:
    """Return the id that a faulty request states, so that its sender finds it again."""
    row = lead.get("lead") if isinstance(lead, dict) else None
    stated = row.get("lead_id") if isinstance(row, dict) else None
    return stated[:200] if isinstance(stated, str) else None


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
