"""The shape of answers, for the API's description; the answers themselves are written by ``models.lead_score_json``."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Grade = Literal["A", "B", "C", "D"]
Route = Literal["call_now", "discover", "nurture", "long_term", "disqualify"]
Overall = Literal["qualified", "needs_discovery", "disqualified"]
Time = str


class Described(BaseModel):
    """An object with the named members only."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())


class SubScore(Described):
    """A part of the picture, ranked as the whole is."""

    score: int = Field(ge=1, le=99)
    grade: Grade


class Reason(Described):
    """What one feature adds."""

    feature: str
    group: Literal["fit", "engagement", "intent", "timing", "account"]
    value: float | str | None = Field(description="null where it is not known")
    unit: str
    direction: Literal["up", "down"]
    text: str = Field(description="the value as a sentence")
    contribution_log_odds: float | None = Field(default=None, description="with the method model")
    points: float | None = Field(default=None, description="with the method rules")


class Explanation(Described):
    """The score taken apart: base, reasons and other add up to the whole."""

    reasons: list[Reason] = Field(description="the weightiest first")
    base_log_odds: float | None = None
    log_odds: float | None = None
    base_probability: float | None = None
    other_log_odds: float | None = Field(default=None, description="the sum of all that is not told")
    points: float | None = None
    other_points: float | None = None


class Gate(Described):
    """The state of one pillar."""

    status: Literal["pass", "fail", "unknown"]
    evidence: str | None = None
    answered_at: Time | None = None
    question: str | None = Field(default=None, description="what to ask, where it is unknown")


class Gates(Described):
    """BANT-C: beside the probability, never in it."""

    overall: Overall
    budget: Gate
    authority: Gate
    need: Gate
    timeframe: Gate
    competition: Gate
    rules_version: str


class Recommendation(Described):
    """What to do next."""

    route: Route
    text: str


class ModelIdentity(Described):
    """Who answered."""

    name: str
    version: str
    trained_at: Time | None
    data_end: str | None = Field(description="the last day of what it was trained on")


class Score(Described):
    """What is said of one lead at one instant."""

    lead_id: str
    as_of: Time
    method: Literal["model", "rules"]
    probability: float | None = Field(default=None, ge=0, le=1, description="of being won; with the method model")
    horizon_days: int | None = Field(default=None, description="how far the probability looks ahead")
    score: int = Field(ge=1, le=99, description="the rank among the leads that the model knows")
    grade: Grade
    fit: SubScore
    engagement: SubScore
    explanation: Explanation
    gates: Gates
    recommendation: Recommendation
    completeness: float = Field(ge=0, le=1, description="the share of the picture that was known")
    warnings: list[str]
    model: ModelIdentity
    score_id: str
    scored_at: Time


class FieldError(Described):
    """What is wrong with one place of a request."""

    location: list[str | int]
    message: str
    found: str


class Problem(Described):
    """Why a request is not answered (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


class Unscored(Described):
    """The place of a lead that could not be scored."""

    lead_id: str | None
    problem: Problem


class BatchScores(Described):
    """One result per lead, in the order of the request."""

    results: list[Score | Unscored]


class ModelCard(BaseModel):
    """What is serving."""

    model_config = ConfigDict(protected_namespaces=())

    name: str
    version: str
    method: Literal["model", "rules"]
    source: Literal["registry", "cache", "rules"] = Field(description="cache: what served last; the registry is away")
    trained_at: Time | None
    data_end: str | None
    gates: dict[str, Any] = Field(description="the rules of BANT-C")
    horizon_days: int | None = None
    metrics: dict[str, float | None] | None = Field(
        default=None, description="measured on newer leads than any learnt from"
    )
    thresholds: dict[str, float] | None = Field(default=None, description="the least that earns each grade")
    facts: dict[str, Any] | None = None
    features: list[dict[str, Any]] | None = None
