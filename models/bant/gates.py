"""What the rules say of a lead at an instant: a state for each pillar and one overall."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from features.wording import Wording
from models.bant.pillars import Pillar

GateStatus: TypeAlias = Literal["pass", "fail", "unknown"]
Overall: TypeAlias = Literal["qualified", "needs_discovery", "disqualified"]

STATUSES: Final[Mapping[GateStatus, Wording]] = {
    "pass": Wording("pass", "満たす"),
    "fail": Wording("fail", "満たさない"),
    "unknown": Wording("unknown", "未確認"),
}
OVERALLS: Final[Mapping[Overall, Wording]] = {
    "qualified": Wording("qualified", "適格"),
    "needs_discovery": Wording("needs discovery", "要ヒアリング"),
    "disqualified": Wording("disqualified", "対象外"),
}


class PillarGate(NamedTuple):
    """The state of one pillar.

    Attributes
    ----------
    status : {"pass", "fail", "unknown"}
    evidence : str or None
        The answer behind it, such as ``budget_status = can_buy``. An unknown pillar has one where the answer has lapsed
        or settles nothing, None where none was given.
    answered_at_ms : int or None
        When that answer was given, in milliseconds since the epoch.
    question : Wording or None
        What to ask; None unless unknown.
    """

    status: GateStatus
    evidence: str | None = None
    answered_at_ms: int | None = None
    question: Wording | None = None


class Gates(NamedTuple):
    """The states of all pillars, in the order of ``PILLARS``, and what they come to.

    Attributes
    ----------
    overall : {"qualified", "needs_discovery", "disqualified"}
    pillars : mapping of pillar to PillarGate
    rules_version : str
        Which rules said so.
    """

    overall: Overall
    pillars: Mapping[Pillar, PillarGate]
    rules_version: str

    @property
    def questions(self) -> tuple[Wording, ...]:
        """What is still to be asked."""
        return tuple(gate.question for gate in self.pillars.values() if gate.question is not None)
