"""The shape of a lead's score history, for the API's description."""

from typing import Literal

from pydantic import Field

from serving.answer_models import Described, Grade, Overall, Route, Time


class PastRecommendation(Described):
    """What was recommended."""

    route: Route


class PastGates(Described):
    """What BANT-C came to."""

    overall: Overall


class PastModel(Described):
    """Who answered."""

    name: str
    version: str


class PastScore(Described):
    """What was answered then."""

    score_id: str
    as_of: Time
    scored_at: Time
    method: Literal["model", "rules"]
    probability: float | None
    score: int
    grade: Grade
    gates: PastGates
    recommendation: PastRecommendation
    model: PastModel


class ScoreHistory(Described):
    """What was answered about a lead."""

    lead_id: str
    trend: Literal["improving", "steady", "declining", "not_enough_info"] = Field(
        description="the latest day's score against the mean of the 30 days before; steady within 5 points"
    )
    scores: list[PastScore] = Field(description="newest first")
