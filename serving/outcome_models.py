"""The shape of answers to outcomes, for the API's description."""

from typing import Literal

from pydantic import Field

from serving.answer_models import Described, Problem, Time


class StoredOutcome(Described):
    """How a lead ended, as it is stored."""

    lead_id: str
    outcome: Literal["won", "lost"]
    closed_at: Time
    amount: float | None
    currency: str | None
    lost_reason: str | None
    reported_at: Time = Field(description="when it was stored first")


class RecordedOutcome(StoredOutcome):
    """The stored outcome, and what it can be compared with."""

    earlier_scores: int = Field(description="answers given before closed_at: those that the outcome is compared with")


class Contradiction(Problem):
    """Why an outcome is refused, and what is stored in its place."""

    stored: StoredOutcome
