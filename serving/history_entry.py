"""What the service remembers of an answer: no personal data, only the lead's id in the CRM."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Role: TypeAlias = Literal["champion", "shadow"]
CHAMPION: Final[Role] = "champion"
SHADOW: Final[Role] = "shadow"


@dataclass(slots=True)
class HistoryEntry:
    """One answer; nobody changes one, though it is not frozen, which would take three times as long.

    Attributes
    ----------
    score_id : str
        ULID; sorts by the time of the answer.
    lead_id : str
        The lead in the CRM.
    as_of_ms, scored_at_ms : int
        Milliseconds since the epoch: the instant that the lead was looked at, and when that was done.
    method : str
        ``model`` or ``rules``.
    probability : float or None
        None with ``rules``.
    score, grade : int and str
        1 to 99, A to D.
    gates : str
        What BANT-C came to.
    route : str
        What was recommended.
    model_name, model_version : str
        Who answered.
    horizon_days : int or None
        How far the probability looks ahead; None with ``rules``.
    role : {"champion", "shadow"}
        Whether the caller got the answer, or it was only kept to be compared.
    inputs : bytes or None
        What the model saw, as ``models.lead_score.Answer`` has it; None with ``rules``, and for answers of before.
    """

    score_id: str
    lead_id: str
    as_of_ms: int
    scored_at_ms: int
    method: str
    probability: float | None
    score: int
    grade: str
    gates: str
    route: str
    model_name: str
    model_version: str
    horizon_days: int | None = None
    role: Role = CHAMPION
    inputs: bytes | None = None
