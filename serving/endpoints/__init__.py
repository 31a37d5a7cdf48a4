"""What the service answers, by path."""

from serving.endpoints.model import router as model_router
from serving.endpoints.operations import router as operations_router
from serving.endpoints.outcomes import router as outcomes_router
from serving.endpoints.score_history import router as score_history_router
from serving.endpoints.scoring import router as scoring_router

ROUTERS = (scoring_router, outcomes_router, score_history_router, model_router, operations_router)

__all__ = ["ROUTERS"]
