"""The body of ``POST /outcomes``."""

import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from features.instant import iso
from features.validation import DECIDED
from serving.column_rule import LONGEST_TEXT
from serving.outcome import Decision, Outcome
from serving.row_fields import INSTANT, no_choice
from serving.score_request import CLOCK_SKEW_MS, LeadId

WHEN_CLOSED: Final = (
    "from 1900 on, and not later than now: an expected closing is no outcome (five minutes are forgiven to clocks)"
)
LARGEST_AMOUNT: Final = 1e15
_WITHOUT_NUL: Final = r"^[^\x00]*$"  # which PostgreSQL cannot store
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)


def _decision(value: Any) -> Decision:
    for decision in DECIDED:
        if value == decision:
            return decision
    raise no_choice(DECIDED, value)


def _not_later_than_now(closed_ms: int, info: ValidationInfo) -> int:
    reading: Any = info.context
    if closed_ms > reading.now_ms + CLOCK_SKEW_MS:
        rule = f"must not lie in the future: it is {iso(reading.now_ms)} now, and an expected closing is no outcome"
        raise PydanticCustomError("as_of", "{rule}", {"rule": rule})
    return closed_ms


def _currency(text: str) -> str | None:
    code = text.strip().upper()
    if code and _CURRENCY.fullmatch(code) is None:
        raise PydanticCustomError("custom", "must be a code of ISO 4217, such as JPY")
    return code or None


def _lost_reason(text: str | None, info: ValidationInfo) -> str | None:
    if text and info.data.get("outcome") == "won":
        raise PydanticCustomError("custom", "must be left out: only what is lost has a reason for it")
    return text or None


class OutcomeRequest(BaseModel):
    """How a lead ended."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)

    lead_id: LeadId
    outcome: Annotated[
        Decision, PlainValidator(_decision), WithJsonSchema({"type": "string", "enum": list(DECIDED)})
    ] = Field(description="how it ended; a lead that is still open has no outcome")
    closed_at: Annotated[INSTANT, AfterValidator(_not_later_than_now)] = Field(description="when it was won or lost")
    amount: Annotated[float, Field(ge=0, le=LARGEST_AMOUNT, allow_inf_nan=False)] | None = Field(
        None, description="value of the deal, in the currency"
    )
    currency: (
        Annotated[
            str,
            Field(max_length=LONGEST_TEXT),
            AfterValidator(_currency),
            WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
        ]
        | None
    ) = Field(None, description="ISO 4217 code of the currency")
    lost_reason: Annotated[
        Annotated[str, Field(max_length=LONGEST_TEXT, pattern=_WITHOUT_NUL)] | None, AfterValidator(_lost_reason)
    ] = Field(None, description="why it was lost; left out where it was won")

    def reported(self, now_ms: int) -> Outcome:
        """Return the outcome, as reported now."""
        return Outcome(self.lead_id, self.outcome, self.closed_at, now_ms, self.amount, self.currency, self.lost_reason)
