"""Rows that became known once the outcome was, and yet say that they happened before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray, IntArray
from features.instant import MISSING_MS, to_ms
from features.records import Records
from features.wording import Wording
from training.audit.evidence.evidence import Figure

MIN_ROWS: Final = 20
LEAST_SHARE: Final = 0.5
LEAST_GAP: Final = 0.3


@dataclass(frozen=True, slots=True)
class Backdated:
    """When the activities of a type were entered, as seen from the decision.

    Attributes
    ----------
    rows : int
        Activities of decided leads.
    after : float
        Share of them that became known at the decision or later.
    backdated : float
        Share of them that occurred before the decision and became known at it or later.
    won, share : float
        Share won of the decided leads that have one, and of all decided leads.
    """

    rows: int
    after: float
    backdated: float
    won: float
    share: float

    @property
    def tells(self) -> bool:
        """Whether most were entered in hindsight and go with one outcome."""
        is_linked = abs(self.won - self.share) >= LEAST_GAP
        return self.rows >= MIN_ROWS and self.backdated >= LEAST_SHARE and is_linked

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        return Wording(
            f"{self.backdated:.0%} of its {self.rows:,} rows are dated before the decision but were recorded at or "
            f"after it; {self.won:.0%} of the leads that have one were won ({self.share:.0%} of all)",
            f"{self.rows:,}行のうち{self.backdated:.0%}は、日付は決定前だが記録されたのは決定時以降。"
            f"該当リードの{self.won:.0%}が成約（全体では{self.share:.0%}）",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        return {"rows_known_after_outcome": self.after, "rows_backdated": self.backdated, "won_of_leads_with": self.won}


def backdated(records: Records, outcomes: pd.DataFrame) -> dict[str, Backdated]:
    """Compare the dates of every type of activity with those of the decisions.

    Parameters
    ----------
    records : Records
        The source.
    outcomes : pandas.DataFrame
        As ``features.outcomes.lead_outcomes`` returns them.
    """
    activities, types = records.source, records.activities.types
    lead = records.activities.lead
    decided_ms, is_won = to_ms(outcomes["decided_at"]), (outcomes["outcome"] == "won").to_numpy(dtype=np.bool_)
    rows = np.flatnonzero((lead >= 0) & (types.codes >= 0))
    rows = rows[decided_ms[lead[rows]] != MISSING_MS]
    occurred = activities.instants("activities", "occurred_at")[rows]
    known = np.maximum(occurred, activities.instants("activities", "recorded_at")[rows])
    is_after = known >= decided_ms[lead[rows]]
    is_backdated = is_after & (occurred < decided_ms[lead[rows]])
    share = float(is_won[decided_ms != MISSING_MS].mean()) if (decided_ms != MISSING_MS).any() else np.nan
    codes, number = types.codes[rows], len(types.names)
    count = np.bincount(codes, minlength=number)
    after, back = (_shares(codes, what, count) for what in (is_after, is_backdated))
    won = _won_by_type(codes, lead[rows], is_won, number)
    return {
        name: Backdated(int(count[code]), float(after[code]), float(back[code]), float(won[code]), share)
        for code, name in enumerate(types.names)
        if count[code]
    }


def _shares(codes: IntArray, what: BoolArray, count: IntArray) -> FloatArray:
    return np.bincount(codes, weights=what, minlength=len(count)) / np.maximum(count, 1)


def _won_by_type(codes: IntArray, lead: IntArray, is_won: BoolArray, types: int) -> FloatArray:
    pairs = np.unique(codes * len(is_won) + lead)
    code, lead = np.divmod(pairs, len(is_won))
    return np.bincount(code, weights=is_won[lead], minlength=types) / np.maximum(np.bincount(code, minlength=types), 1)
