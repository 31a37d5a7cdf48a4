"""How each lead ended, and when that was decided."""

from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray, IntArray
from features.instant import MISSING_MS, from_ms, to_ms
from features.tables import Tables
from features.wording import Wording

LEFT_OUT_REASONS: Final = {
    "closed_without_date": Wording(
        "won or lost, but the date is missing",
        "成約または失注しているが、その日付が記録されていない",
    ),
    "decided_at_creation": Wording(
        "already won or lost when created, so nothing was left to predict",
        "作成時点ですでに成約または失注しており、予測の対象にならない",
    ),
    "created_at_data_end": Wording(
        "created when the data end or later, so nothing is known of it yet",
        "データの終了時点以降に作成されており、まだ何も記録されていない",
    ),
}
"""Why a lead cannot take part in training, by the codes of the column ``left_out``."""

_NEVER: Final = int(np.iinfo(np.int64).max)
"""Stands for an instant that the data do not reach; later than every other."""


def lead_outcomes(tables: Tables, data_end_ms: int) -> pd.DataFrame:
    """Tell how each lead ended, as far as the data show it.

    Where a lead has deals, they tell. It is decided once every deal opened so far is closed, or once a deal is won,
    whichever comes first; so it may be lost at ``decided_at`` and won in a second life at ``won_at``. Snapshots are
    made before ``decided_at`` only: to take up a lost lead again because a later deal is known would let the future
    choose the sample. The win of a second life still counts for the label. No win comes before ``decided_at``, so the
    earliest one is all that a label has to know.

    A lead without any deal has its own ``outcome`` and ``closed_at`` (disqualified before a deal was opened, say).

    Parameters
    ----------
    tables : Tables
        The source.
    data_end_ms : int
        Milliseconds since the epoch. What closed later is still open here; a deal opened later is not there yet.

    Returns
    -------
    pandas.DataFrame
        One row a lead, with the index of ``tables.leads``: ``created_at``; ``outcome`` (``won`` where there is a win,
        else ``open`` where something is undecided, else ``lost``); ``decided_at`` and ``won_at`` (missing where the
        data end before); ``left_out`` (a code of ``LEFT_OUT_REASONS``, missing where the lead can take part).
    """
    decisions = _closings(tables.leads, data_end_ms)
    of_deals = _decisions_of_deals(_deals_by_lead(tables, data_end_ms))
    decisions.loc[of_deals.index] = of_deals
    outcomes = pd.DataFrame(
        {
            "created_at": tables.leads["created_at"].to_numpy(),
            "outcome": _outcome(decisions),
            "decided_at": _times(decisions["decided"]),
            "won_at": _times(decisions["won"]),
            "left_out": _left_out(decisions, to_ms(tables.leads["created_at"]), data_end_ms),
        }
    )
    return outcomes.set_index(tables.leads.index)


def _closings(frame: pd.DataFrame, data_end_ms: int) -> pd.DataFrame:
    """Return when each row was ``decided`` and ``won``, and whether it is ``open`` or closed but ``undated``."""
    is_closed = frame["outcome"].isin(["won", "lost"]).to_numpy(dtype=np.bool_)
    is_won = (frame["outcome"] == "won").to_numpy(dtype=np.bool_)
    closed = to_ms(frame["closed_at"])
    dated = is_closed & (closed != MISSING_MS)
    decided = np.where(dated & (closed <= data_end_ms), closed, _NEVER)
    won = np.where(is_won, decided, _NEVER)
    return pd.DataFrame({"decided": decided, "won": won, "open": decided == _NEVER, "undated": is_closed & ~dated})


def _deals_by_lead(tables: Tables, data_end_ms: int) -> pd.DataFrame:
    """Return the closings of the deals that a lead has, by lead and opening."""
    lead = pd.Index(tables.leads["lead_id"]).get_indexer(pd.Index(tables.deals["lead_id"]))
    opened = to_ms(tables.deals["created_at"])
    deals = _closings(tables.deals, data_end_ms).assign(lead=lead.astype(np.int64), opened=opened)
    is_known: BoolArray = (lead >= 0) & (opened <= data_end_ms)
    return deals[is_known].sort_values(["lead", "opened"])


def _decisions_of_deals(deals: pd.DataFrame) -> pd.DataFrame:
    """Put the deals of each lead together; the index is the lead's row number."""
    by_lead = deals.groupby("lead")
    all_closed = by_lead["decided"].cummax()
    is_settled = all_closed < by_lead["opened"].shift(-1, fill_value=_NEVER)
    settled = all_closed.where(is_settled, _NEVER)
    decided = deals.assign(decided=np.minimum(settled, deals["won"])).groupby("lead")
    return pd.concat([decided[["decided", "won"]].min(), decided[["open", "undated"]].any()], axis="columns")


def _outcome(decisions: pd.DataFrame) -> pd.Series:
    undecided = np.where(decisions["open"], "open", "lost")
    return pd.Series(np.where(decisions["won"] < _NEVER, "won", undecided), dtype="str")


def _times(instants: pd.Series) -> pd.Series:
    return from_ms(instants.replace(_NEVER, MISSING_MS).to_numpy())


def _left_out(decisions: pd.DataFrame, created: IntArray, data_end_ms: int) -> pd.Series:
    """Name what keeps a lead from having even a snapshot a millisecond after its creation."""
    undated: BoolArray = decisions["undated"].to_numpy()
    conditions = [undated, decisions["decided"].to_numpy() <= created + 1, created + 1 >= data_end_ms]
    reasons = pd.Series(np.select(conditions, list(LEFT_OUT_REASONS), default=""), dtype="str")
    return reasons.mask(reasons == "")
