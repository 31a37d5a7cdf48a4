"""``GET /healthz``, ``GET /readyz`` and ``GET /metrics``."""

from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from serving.access import needs
from serving.metrics import MEDIA_TYPE
from serving.service import ServiceDep

router = APIRouter(tags=["operations"])


@router.get("/healthz", summary="Is the process alive?")
async def healthz() -> dict[str, str]:
    """Answer for as long as the process can; says nothing about the model."""
    return {"status": "ok"}


@router.get("/readyz", summary="Can it score?")
async def readyz(service: ServiceDep) -> dict[str, Any]:
    """Answer 200 once there is a model, 503 before; MLflow or the database being away changes nothing."""
    champion = service.champion.required()
    return {"status": "ready", "model": {"name": champion.name, "version": champion.version}}


@router.get(
    "/metrics",
    summary="For Prometheus",
    dependencies=[Depends(needs("admin"))],
    response_class=PlainTextResponse,
)
async def metrics(service: ServiceDep) -> Response:
    """Return requests, latency, scores by grade, the history's queue, the model's version and what the watch found."""
    service.metrics.history_waits(len(service.history))
    found = await run_in_threadpool(service.figures.newest)
    if found is not None:
        service.metrics.watched(found)
    return Response(service.metrics.text(), media_type=MEDIA_TYPE)
