"""``POST /outcomes``."""

import time
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from pydantic import ValidationError
from pydantic_core import to_json
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from serving.access import needs
from serving.body import read_json
from serving.outcome import Outcome
from serving.outcome_request import OutcomeRequest
from serving.outcome_store import OutcomeStore, Recorded
from serving.prepared_store import StoreError
from serving.problems import Problem, ProblemError, invalid_request
from serving.request_errors import field_errors
from serving.row_fields import Reading
from serving.service import ServiceDep

MOST_BYTES: Final = 16 * 1024
_AWAY: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "store-away",
    "The database does not answer, and the outcome may not be stored. Send it again: a repeat does no harm.",
    headers={"retry-after": "10"},
)

router = APIRouter(tags=["outcomes"], dependencies=[Depends(needs("outcomes"))])


@router.post("/outcomes", summary="Report how a lead ended", status_code=HTTPStatus.CREATED)
async def outcomes(request: Request, service: ServiceDep) -> Response:
    """Store that a lead was won or lost; the answer comes once that has reached the disk.

    A repeat of what is stored answers 200, and so does what only adds to it. What contradicts it is refused with 409
    and what is stored; `make outcomes` with REPLACE=1 corrects it from the CRM. The lead need not have been scored. An
    outcome is compared with answers given before closed_at, never with later ones: those could have known it.
    """
    content = await read_json(request, MOST_BYTES)
    now_ms = time.time_ns() // 1_000_000
    reported = _read(content, Reading(service.zone, now_ms, service.settings.max_rows)).reported(now_ms)
    recorded, earlier_scores = await run_in_threadpool(_record, service.outcomes, reported)
    if recorded.status == "contradiction":
        raise ProblemError(_contradiction(recorded.stored))
    status = HTTPStatus.CREATED if recorded.status == "new" else HTTPStatus.OK
    answer = {**recorded.stored.to_json(), "earlier_scores": earlier_scores}
    return Response(to_json(answer), status, media_type="application/json")


def _read(content: Any, reading: Reading) -> OutcomeRequest:
    try:
        return OutcomeRequest.model_validate(content, context=reading)
    except ValidationError as error:
        listed, count = field_errors(error, known=tuple(OutcomeRequest.model_fields))
        raise ProblemError(invalid_request(listed, count)) from None


def _record(store: OutcomeStore, reported: Outcome) -> tuple[Recorded, int]:
    try:
        earlier_scores = store.earlier_scores(reported.lead_id, reported.closed_at_ms)
        [recorded] = store.record([reported])
    except (StoreError, OSError):
        raise ProblemError(_AWAY) from None
    return recorded, earlier_scores


def _contradiction(stored: Outcome) -> Problem:
    detail = (
        "Another end of this lead is stored. If the CRM is right, correct the store from it with "
        "`make outcomes DATA= REPLACE=1`."
    )
    return Problem(HTTPStatus.CONFLICT, "contradiction", detail, members={"stored": stored.to_json()})
