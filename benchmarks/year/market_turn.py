"""A market that turns: from one day on, leads come from elsewhere, mail opens itself, and fewer buy."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray

NEW_SOURCE: Final = "marketplace"
_SHARE_FROM_ELSEWHERE: Final = 0.5
_SHARE_STILL_WON: Final = 0.05
_NO_LONGER_WON: Final = "competitor"


def turned(tables: Mapping[str, pd.DataFrame], turn: pd.Timestamp, seed: int) -> dict[str, pd.DataFrame]:
    """Return a CRM in which the market turns.

    Of the leads created from the day on, half come from a marketplace, and of those nearly all that would have been
    won are lost to a competitor. Every mail sent from then on is opened, by a program that protects privacy.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        As ``features.sample.simulate`` returns them.
    turn : pandas.Timestamp
        The day, in UTC.
    seed : int
        Decides which leads these are.
    """
    rng = np.random.default_rng(seed)
    leads = tables["leads"].copy()
    new = (leads["created_at"] >= turn).to_numpy() & (rng.random(len(leads)) < _SHARE_FROM_ELSEWHERE)
    lost = new & (leads["outcome"] == "won").to_numpy() & (rng.random(len(leads)) >= _SHARE_STILL_WON)
    leads.loc[new, "source"] = NEW_SOURCE
    return {
        **tables,
        "leads": _lost(leads, lost),
        "deals": _lost(tables["deals"], tables["deals"]["lead_id"].isin(leads.loc[lost, "lead_id"]).to_numpy()),
        "stage_history": _without_wins(tables["stage_history"], leads.loc[lost, "lead_id"]),
        "activities": _with_automatic_opens(tables["activities"], turn),
    }


def _lost(table: pd.DataFrame, lost: BoolArray) -> pd.DataFrame:
    decided = lost & (table["outcome"] == "won").to_numpy()
    changed = table.copy()
    changed.loc[decided, "outcome"] = "lost"
    changed.loc[decided, "lost_reason"] = _NO_LONGER_WON
    return changed


def _without_wins(stages: pd.DataFrame, lead_ids: pd.Series) -> pd.DataFrame:
    changed = stages.copy()
    changed.loc[(stages["stage"] == "closed_won") & stages["lead_id"].isin(lead_ids), "stage"] = "closed_lost"
    return changed


def _with_automatic_opens(activities: pd.DataFrame, turn: pd.Timestamp) -> pd.DataFrame:
    sent = activities[(activities["type"] == "email_sent") & (activities["occurred_at"] >= turn)]
    moved = {name: sent[name] + pd.Timedelta(minutes=1) for name in ("occurred_at", "recorded_at") if name in sent}
    return pd.concat([activities, sent.assign(type="email_open", **moved)], ignore_index=True)
