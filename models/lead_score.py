"""The answer to "what about this lead?": likelihood, reasons, gates, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from features.wording import Wording
from models.bant import Gates
from models.icp import PointsReason
from models.reasons import Explanation
from models.recommendation import Recommendation
from models.score_map import Grade
from models.sub_scores import Part

Method: TypeAlias = Literal["model", "rules"]


class Rank(NamedTuple):
    """A score and the grade that follows from it.

    Attributes
    ----------
    score : int
        1 to 99.
    grade : {"A", "B", "C", "D"}
    """

    score: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class PointsExplanation:
    """Where the points of the rules come from.

    Attributes
    ----------
    points : float
        All of them.
    reasons : tuple of PointsReason
        The weightiest first.
    other_points : float
        Those of the reasons that are not told.
    """

    points: float
    reasons: tuple[PointsReason, ...]
    other_points: float


class Answer(NamedTuple):
    """What a learned model, or the rules in its place, say of one lead.

    Attributes
    ----------
    method : {"model", "rules"}
        Which of the two answered.
    probability : float or None
        Of being won within the horizon; None with rules, which know no probability.
    horizon_days : int or None
        How far the probability looks ahead; None with rules.
    rank : Rank
        Among the reference population of the model, or on the scale of the rules.
    parts : mapping of {"fit", "engagement"} to Rank
        The same for who the lead is, and for what it does.
    explanation : Explanation or PointsExplanation
        Why.
    completeness : float
        0 to 1, the share of the picture that was known.
    warnings : tuple of Wording
        What the reader should know of the input.
    inputs : bytes or None
        What the model saw: its features in their order, each a little-endian float32; None with rules.
    """

    method: Method
    probability: float | None
    horizon_days: int | None
    rank: Rank
    parts: Mapping[Part, Rank]
    explanation: Explanation | PointsExplanation
    completeness: float
    warnings: tuple[Wording, ...]
    inputs: bytes | None = None


class LeadScore(NamedTuple):
    """Everything that is said of one lead at one instant.

    Attributes
    ----------
    lead_id : str
    as_of_ms : int
        Milliseconds since the epoch; what is dated there or later was not known.
    answer : Answer
        How likely, and why.
    gates : Gates
        What the company's rules say; they never change the answer.
    recommendation : Recommendation
        What to do next.
    """

    lead_id: str
    as_of_ms: int
    answer: Answer
    gates: Gates
    recommendation: Recommendation
