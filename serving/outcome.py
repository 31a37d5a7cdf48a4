"""How a lead ended, as the CRM reports it."""

from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal, TypeAlias

from features.instant import iso

Decision: TypeAlias = Literal["won", "lost"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one lead.

    Attributes
    ----------
    lead_id : str
        The lead in the CRM.
    outcome : {"won", "lost"}
    closed_at_ms : int
        When it was decided, in milliseconds since the epoch.
    reported_at_ms : int
        When it was stored first.
    amount : float or None
        What was won or lost, in ``currency``.
    currency : str or None
        ISO 4217 code.
    lost_reason : str or None
        Why it was lost.
    """

    lead_id: str
    outcome: Decision
    closed_at_ms: int
    reported_at_ms: int
    amount: float | None = None
    currency: str | None = None
    lost_reason: str | None = None

    def contradicts(self, other: "Outcome", tolerance_ms: int = 0) -> bool:
        """Tell whether both state something different; what only one of them states is no contradiction.

        Parameters
        ----------
        other : Outcome
            Of the same lead.
        tolerance_ms : int
            By how much the times may differ: an export often keeps no more of them than the day.
        """
        if abs(self.closed_at_ms - other.closed_at_ms) > tolerance_ms:
            return True
        pairs = ((getattr(self, name), getattr(other, name)) for name in STATED if name != "closed_at_ms")
        return any(one != another for one, another in pairs if one is not None and another is not None)

    def completed_by(self, other: "Outcome") -> "Outcome":
        """Return this outcome, with what only the other states."""
        return replace(self, **{name: getattr(other, name) for name in STATED if getattr(self, name) is None})

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as the HTTP contract writes it."""
        return {
            "lead_id": self.lead_id,
            "outcome": self.outcome,
            "closed_at": iso(self.closed_at_ms),
            "amount": self.amount,
            "currency": self.currency,
            "lost_reason": self.lost_reason,
            "reported_at": iso(self.reported_at_ms),
        }


STATED: Final = tuple(field.name for field in fields(Outcome) if field.name not in ("lead_id", "reported_at_ms"))
"""What a report states of a lead."""
