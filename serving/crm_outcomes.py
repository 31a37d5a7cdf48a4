"""How the leads of a CRM's export ended."""

import re
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from features.data_end import data_end_ms
from features.instant import to_ms
from features.outcomes import lead_outcomes
from features.tables import Tables
from serving.column_rule import LONGEST_TEXT
from serving.outcome import Outcome
from serving.score_request import LEAD_ID_PATTERN, LONGEST_LEAD_ID

_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_KEY: Final = ["lead_id", "outcome", "closed_at_ms"]


@dataclass(frozen=True)
class CrmOutcomes:
    """What an export says of its leads.

    Attributes
    ----------
    decided : tuple of Outcome
        Of the leads that are won or lost, by the time of their decision.
    open_ids : tuple of str
        The leads that are undecided.
    undated : int
        Leads that are won or lost nobody knows when, so that nothing can be compared with it.
    unusable : int
        Decided leads whose id is too long or holds control characters.
    until_ms : int
        The instant of the latest fact of the export, which knows nothing of what came later.
    """

    decided: tuple[Outcome, ...]
    open_ids: tuple[str, ...]
    undated: int
    unusable: int
    until_ms: int


def crm_outcomes(tables: Tables, now_ms: int) -> CrmOutcomes:
    """Tell how each lead ended, as ``features.outcomes`` does for training; what closes later than now is open.

    Amount, currency and reason are those of the deal by which the lead was decided, or the lead's own.

    Parameters
    ----------
    tables : Tables
        The source.
    now_ms : int
        Milliseconds since the epoch.
    """
    frame = lead_outcomes(tables, now_ms).assign(lead_id=tables.leads["lead_id"])
    is_undated = frame["left_out"] == "closed_without_date"
    is_open = (frame["outcome"] == "open") & ~is_undated
    closed_at = frame["won_at"].where(frame["outcome"] == "won", frame["decided_at"])
    ended = frame[["lead_id", "outcome"]].assign(closed_at_ms=to_ms(closed_at))[~is_open & ~is_undated]
    usable = ended["lead_id"].str.fullmatch(LEAD_ID_PATTERN) & (ended["lead_id"].str.len() <= LONGEST_LEAD_ID)
    told = ended[usable].merge(_details(tables), how="left", on=_KEY).sort_values(["closed_at_ms", "lead_id"])
    return CrmOutcomes(
        decided=tuple(_outcome(row, now_ms) for row in told.to_dict("records")),
        open_ids=tuple(frame.loc[is_open, "lead_id"]),
        undated=int(is_undated.sum()),
        unusable=int((~usable).sum()),
        until_ms=data_end_ms(tables, now_ms),
    )


def _details(tables: Tables) -> pd.DataFrame:
    """Return what is known of each way in which a lead was decided: its deals first, then itself."""
    columns = ["lead_id", "outcome", "closed_at", "amount", "currency", "lost_reason"]
    both = pd.concat([tables.deals.reindex(columns=columns), tables.leads.reindex(columns=columns)])
    both["closed_at_ms"] = to_ms(both.pop("closed_at"))
    return both.drop_duplicates(_KEY)


def _outcome(row: dict[Any, Any], now_ms: int) -> Outcome:
    amount, currency, reason = (_or_none(row[name]) for name in ("amount", "currency", "lost_reason"))
    code = str(currency).strip().upper()
    return Outcome(
        lead_id=row["lead_id"],
        outcome=row["outcome"],
        closed_at_ms=int(row["closed_at_ms"]),
        reported_at_ms=now_ms,
        amount=amount,
        currency=code if _CURRENCY.fullmatch(code) else None,
        lost_reason=None if reason is None or row["outcome"] == "won" else _storable(str(reason)),
    )


def _storable(text: str) -> str:
    """Return a text as long as one may be, without what PostgreSQL cannot store."""
    return text.replace("\0", "")[:LONGEST_TEXT]


def _or_none(cell: Any) -> Any:
    return None if pd.isna(cell) else cell
