"""What a new version comes to beside the champion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from training.promotion.comparison import Comparison, Incomparable
from training.promotion.grade_changes import GradeChanges
from training.promotion.policy import Decision


@dataclass(frozen=True)
class Challenge:
    """What a new version comes to beside the champion.

    Attributes
    ----------
    champion : int or None
        The champion's version; None where there was none.
    compared : Comparison, Incomparable or None
        None where there was no champion.
    changes : GradeChanges or None
        None where there was no champion that can be read.
    decision : Decision
        By the policy.
    """

    champion: int | None
    compared: Comparison | Incomparable | None
    changes: GradeChanges | None
    decision: Decision

    def to_json(self) -> Mapping[str, Any]:
        """Return what was measured, as JSON."""
        figures = self.compared.to_json() if isinstance(self.compared, Comparison) else None
        return {"comparison": figures, "grade_changes": None if self.changes is None else self.changes.to_json()}
