"""``GET /healthz``, ``GET /readyz`` and ``GET /metrics``."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from serving.access import needs
from serving.metrics import MEDIA_TYPE
from serving.problems import Problem, ProblemError
from serving.service import ServiceDep

_ENDING: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "ending",
    "The service was told to stop: it answers what it was asked, and nothing new should be sent to it.",
    headers={"retry-after": "5"},
)

router = APIRouter(tags=["operations"])


@router.get("/healthz", summary="Is the process alive?")
async def healthz() -> dict[str, str]:
    """Answer for as long as the process can; says nothing about the model."""
    return {"status": "ok"}


@router.get("/readyz", summary="Can it score?")
async def readyz(service: ServiceDep) -> dict[str, Any]:
    """Answer 200 once there is a model, 503 before, and 503 again once the service was told to stop.

    MLflow or the database being away is told, and changes nothing: scoring goes on.
    """
    champion = service.champion.required()
    if service.ending.is_set():
        raise ProblemError(_ENDING)
    return {
        "status": "ready",
        "model": {"name": champion.name, "version": champion.version, "source": champion.source},
        "database": _reached(is_away=service.history.is_away),
        "registry": _reached(is_away=service.champion.is_registry_away) if champion.source != "rules" else "unused",
    }


def _reached(*, is_away: bool) -> str:
    return "away" if is_away else "answers"


@router.get(
    "/metrics",
    summary="For Prometheus",
    dependencies=[Depends(needs("admin"))],
    response_class=PlainTextResponse,
)
async def metrics(service: ServiceDep) -> Response:
    """Return requests, latency, scores by grade, what waits and what is away, the version, and what the watch found."""
    service.measure()
    found = await run_in_threadpool(service.figures.newest)
    if found is not None:
        service.metrics.watched(found)
    return Response(service.metrics.text(), media_type=MEDIA_TYPE)
