"""``GET /leads/{lead_id}/scores``."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query
from pydantic_core import to_json
from starlette.responses import Response

from features.instant import iso
from serving.access import needs
from serving.history_entry import HistoryEntry
from serving.history_store import HistoryError
from serving.problems import Problem, ProblemError
from serving.score_id import PATTERN
from serving.score_request import LEAD_ID_PATTERN, LONGEST_LEAD_ID
from serving.service import Service, ServiceDep
from serving.trend import trend

_FLUSH_SECONDS: Final = 1.0
_FOR_THE_TREND: Final = 500
_AWAY: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "history-away",
    "The database of the score history does not answer. Scoring goes on; ask again later.",
    headers={"retry-after": "10"},
)

LeadIdInPath = Annotated[str, Path(min_length=1, max_length=LONGEST_LEAD_ID, pattern=LEAD_ID_PATTERN)]
Limit = Annotated[int, Query(ge=1, le=500, description="how many at most")]
Before = Annotated[str | None, Query(pattern=PATTERN, description="only those before this score_id")]

router = APIRouter(tags=["history"], dependencies=[Depends(needs("score"))])


@router.get("/leads/{lead_id:path}/scores", summary="Earlier scores of a lead, newest first")
def scores(service: ServiceDep, lead_id: LeadIdInPath, limit: Limit = 100, before: Before = None) -> Response:
    """Return what was answered about a lead, newest first, and where it is heading."""
    service.history.flush(_FLUSH_SECONDS)  # what was answered a moment ago is part of the history
    newest = _of_lead(service, lead_id, _FOR_THE_TREND)
    if not newest:
        detail = "This lead has not been scored. POST /score does that."
        raise ProblemError(Problem(HTTPStatus.NOT_FOUND, "never-scored", detail))
    listed = newest[:limit] if before is None else _of_lead(service, lead_id, limit, before)
    content = {"lead_id": lead_id, "trend": trend(newest), "scores": [_to_json(entry) for entry in listed]}
    return Response(to_json(content), media_type="application/json")


def _of_lead(service: Service, lead_id: str, limit: int, before: str | None = None) -> list[HistoryEntry]:
    try:
        return service.history.store.of_lead(lead_id, limit, before)
    except HistoryError:
        raise ProblemError(_AWAY) from None


def _to_json(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "score_id": entry.score_id,
        "as_of": iso(entry.as_of_ms),
        "scored_at": iso(entry.scored_at_ms),
        "method": entry.method,
        "probability": entry.probability,
        "score": entry.score,
        "grade": entry.grade,
        "gates": {"overall": entry.gates},
        "recommendation": {"route": entry.route},
        "model": {"name": entry.model_name, "version": entry.model_version},
    }
