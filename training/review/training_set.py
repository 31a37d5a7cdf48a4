"""What a model learns from: how leads ended, which snapshots have a label, and how many were won."""

import numpy as np
import pandas as pd

from features.arrays import IntArray
from features.instant import from_ms
from features.outcomes import LEFT_OUT_REASONS
from models.quality.interval import win_rates
from training.labelling.preparation import Prepared
from training.report.vocabulary import Vocabulary


def endings(prepared: Prepared, words: Vocabulary) -> pd.DataFrame:
    """Return the leads by how they ended, and those that cannot take part: ``ending`` in words, ``leads``."""
    outcomes = prepared.outcomes
    used = outcomes.loc[outcomes["left_out"].isna(), "outcome"].value_counts()
    used = used.rename(index=lambda outcome: words(f"endings.{outcome}"))
    unused = outcomes["left_out"].value_counts()
    named = unused.rename(index=lambda code: LEFT_OUT_REASONS[str(code)].in_language(words.language))
    return pd.concat([used, named]).rename_axis("ending").rename("leads").reset_index()


def months(prepared: Prepared) -> pd.DataFrame:
    """Return the snapshots by calendar month (UTC).

    Returns
    -------
    pandas.DataFrame
        ``month`` such as 2026-03, ``labelled`` (snapshots whose whole window is known), ``censored`` (the window is
        not over), ``win_rate`` of the labelled, each lead with weight one, with its 95 % interval ``low`` and ``high``;
        NaN where none is labelled.
    """
    snapshots = prepared.labelled
    month = from_ms(snapshots["as_of_ms"].to_numpy()).dt.strftime("%Y-%m").to_numpy()
    return _rates(snapshots.assign(month=month), "month")


def ages(prepared: Prepared) -> pd.DataFrame:
    """Return the snapshots by the age of the lead in days, ``age_days``; otherwise as ``months``."""
    return _rates(prepared.labelled, "age_days")


def _rates(snapshots: pd.DataFrame, by: str) -> pd.DataFrame:
    observed = snapshots["window_observed"].to_numpy(dtype=np.bool_)
    counted = snapshots.assign(labelled=observed, censored=~observed).groupby(by)[["labelled", "censored"]].sum()
    known = snapshots[observed].groupby(by)
    leads: IntArray = np.asarray(known["lead"].nunique().reindex(counted.index).fillna(0), dtype=np.int64)
    won = known["label"].mean().reindex(counted.index).to_numpy(dtype=np.float64)
    wins: IntArray = np.rint(np.nan_to_num(won) * leads).astype(np.int64)
    rate, low, high = win_rates(wins, leads)
    return counted.assign(win_rate=rate, low=low, high=high).reset_index()
