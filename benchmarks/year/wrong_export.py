"""An export that is wrong: deals that were lost stand in it as won."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

_SHARE: Final = 0.3


def with_lost_as_won(tables: Mapping[str, pd.DataFrame], until: pd.Timestamp, seed: int) -> dict[str, pd.DataFrame]:
    """Return a CRM in which three in ten of the leads lost before a day are said to have been won.

    What was decided later is right, so versions are compared on the truth.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        As ``features.sample.simulate`` returns them.
    until : pandas.Timestamp
        The day.
    seed : int
        Decides which leads these are.
    """
    leads = tables["leads"]
    drawn = np.random.default_rng(seed).random(len(leads)) < _SHARE
    wrong = leads.loc[drawn & (leads["outcome"] == "lost") & (leads["closed_at"] < until), "lead_id"]
    return {**tables, "leads": _won(leads, wrong), "deals": _won(tables["deals"], wrong)}


def _won(table: pd.DataFrame, lead_ids: pd.Series) -> pd.DataFrame:
    changed = table.copy()
    of_them = changed["lead_id"].isin(lead_ids) & (changed["outcome"] == "lost")
    changed.loc[of_them, "outcome"] = "won"
    changed.loc[of_them, "lost_reason"] = None
    return changed
