"""Changes of a field that were made once the outcome was known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.instant import MISSING_MS, to_ms
from features.records import Records
from features.wording import Wording
from training.audit.evidence.evidence import Figure

NOTABLE_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True)
class ChangedAfter:
    """How many decided leads had a field changed at the decision or later.

    Attributes
    ----------
    of_won, of_lost : float
        Among won and lost leads; NaN where there are none.
    """

    of_won: float
    of_lost: float

    @property
    def is_notable(self) -> bool:
        """Whether the column as it stands in the export tells the outcome, so that only its history is honest."""
        return max(self.of_won, self.of_lost) >= NOTABLE_SHARE

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        won, lost = f"{self.of_won:.0%}", f"{self.of_lost:.0%}"
        return Wording(
            f"changed at or after the decision for {won} of won and {lost} of lost leads; its history gives the value "
            "as it was before",
            f"成約リードの{won}、失注リードの{lost}で決定時以降に変更。変更履歴により決定前の値を使用",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        return {"changed_after_of_won": self.of_won, "changed_after_of_lost": self.of_lost}


def changed_after(records: Records, outcomes: pd.DataFrame) -> dict[str, ChangedAfter]:
    """Compare the changes of every field with a history with the decisions.

    Parameters
    ----------
    records : Records
        The source.
    outcomes : pandas.DataFrame
        As ``features.outcomes.lead_outcomes`` returns them.
    """
    fields, lead = records.source.text("field_history", "field"), records.source.lead_of("field_history")
    decided_ms = np.append(to_ms(outcomes["decided_at"]), MISSING_MS)[lead]
    is_after = (decided_ms != MISSING_MS) & (records.source.instants("field_history", "changed_at") >= decided_ms)
    groups = [np.flatnonzero((outcomes["outcome"] == outcome).to_numpy()) for outcome in ("won", "lost")]
    changed = {name: np.unique(lead[is_after & (fields.codes == code)]) for code, name in enumerate(fields.names)}
    return {
        name: ChangedAfter(*(float(np.isin(group, leads).mean()) if len(group) else np.nan for group in groups))
        for name, leads in changed.items()
    }
