"""What must hold of the end of a lead or a deal, whichever door it comes through."""

from typing import Final

from features.validation.raw import Rule

CLOSED_AFTER_CREATED: Final = Rule("nothing closes before it is created", "Correct one of the two times.")
OPEN_IS_NOT_CLOSED: Final = Rule(
    "only what is won or lost has a closing time",
    "Give the outcome, or clear closed_at: it is the day of the decision, never an expected one.",
)
CLOSED_HAS_TIME: Final = Rule(
    "what is won or lost has a closing time", "Add closed_at: without it these rows teach nothing.", "warning"
)
DECIDED: Final = ("won", "lost")
