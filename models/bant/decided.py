"""Past leads at the moment they were won or lost."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.arrays import BoolArray
from features.instant import to_ms
from features.snapshots import Snapshots, snapshots_of
from features.tables import Tables


@dataclass(frozen=True)
class Decided:
    """Leads whose end is known.

    Attributes
    ----------
    snapshots : Snapshots
        Each lead once, at or before its decision.
    won : numpy.ndarray
        bool, how it ended.
    """

    snapshots: Snapshots
    won: BoolArray


def decided_leads(tables: Tables, days_before: int = 0) -> Decided:
    """Return the decided leads at their decision, or some days before; nothing dated then or later is known of them.

    A lead is won at the first deal that is, and lost at the last of its deals where none is won and none is open. A
    lead without deals has its own ``outcome`` and ``closed_at``. Leads without a date of decision are left out, and
    those that were created so many days before it or later.

    Parameters
    ----------
    days_before : int
        What is known on the last day is often written down because of the decision; some days earlier it is not.
    """
    decisions = _decisions(tables).dropna(subset=["decided_at"])
    as_of = decisions["decided_at"] - pd.Timedelta(days=days_before)
    snapshots = snapshots_of(tables.leads["lead_id"], pd.Series(decisions.index), as_of)
    existed = np.flatnonzero(to_ms(tables.leads["created_at"])[snapshots.lead] < snapshots.as_of_ms)
    return Decided(snapshots.take(existed), decisions["won"].to_numpy(dtype=np.bool_)[existed])


def _decisions(tables: Tables) -> pd.DataFrame:
    """Return ``decided_at`` and ``won`` by the id of the lead, missing while undecided."""
    closings = _closings(tables)
    is_closed = closings["outcome"].isin(["won", "lost"]) & closings["closed_at"].notna()
    is_won = is_closed & (closings["outcome"] == "won")
    leads = closings["lead_id"]
    won_at = closings["closed_at"].where(is_won).groupby(leads).min()
    lost_at = closings["closed_at"].groupby(leads).max().where(is_closed.groupby(leads).all())
    return pd.DataFrame({"decided_at": won_at.fillna(lost_at), "won": won_at.notna()})


def _closings(tables: Tables) -> pd.DataFrame:
    """Return the ends of all deals, and of the leads without one."""
    columns = ["lead_id", "outcome", "closed_at"]
    deals = tables.deals.loc[tables.deals["lead_id"].isin(tables.leads["lead_id"]), columns]
    return pd.concat([deals, tables.leads.loc[~tables.leads["lead_id"].isin(deals["lead_id"]), columns]])
