"""``GET /model``."""

from fastapi import APIRouter, Depends
from pydantic_core import to_json
from starlette.responses import Response

from serving.access import needs
from serving.model_card import model_card
from serving.service import ServiceDep

router = APIRouter(tags=["model"], dependencies=[Depends(needs("score"))])


@router.get("/model", summary="What is serving")
async def model(service: ServiceDep) -> Response:
    """Return the version, its horizon and metrics, its features with their wording, thresholds and gate rules."""
    return Response(to_json(model_card(service.champion.required())), media_type="application/json")
