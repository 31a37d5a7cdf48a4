"""Whether a lead was won within the horizon, as far as that is known."""

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray, IntArray
from features.instant import MISSING_MS, MS_PER_DAY, to_ms


def label_snapshots(
    snapshots: pd.DataFrame, outcomes: pd.DataFrame, horizon_days: int, data_end_ms: int
) -> pd.DataFrame:
    """Label each snapshot with whether the lead was won in ``(as_of, as_of + horizon_days]``.

    Training takes the rows with ``window_observed``. Where the window is still open, only leads that were decided
    quickly have a label, and to take just those would bend the share of wins among the newest snapshots.

    Parameters
    ----------
    snapshots : pandas.DataFrame
        As ``training.labelling.snapshots.lead_snapshots`` returns them.
    outcomes : pandas.DataFrame
        As ``features.outcomes.lead_outcomes`` returns them for the same leads and data end.
    horizon_days : int
        How far the label looks ahead.
    data_end_ms : int
        Milliseconds since the epoch.

    Returns
    -------
    pandas.DataFrame
        The rows of ``snapshots`` with three columns more: ``label`` (1 won within the window; 0 lost, or the whole
        window passed without a win; NaN censored: undecided and the window not over), ``window_observed`` (the whole
        window lies within the data), ``weight`` (sums to one over the rows of a lead whose window was observed; 0
        on the others).
    """
    window_end = snapshots["as_of_ms"].to_numpy() + horizon_days * MS_PER_DAY
    is_observed = window_end <= data_end_ms
    lead = snapshots["lead"].to_numpy()
    return snapshots.assign(
        label=_labels(lead, window_end, is_observed, outcomes),
        weight=_weights(lead, is_observed, len(outcomes)),
        window_observed=is_observed,
    )


def _labels(lead: IntArray, window_end: IntArray, is_observed: BoolArray, outcomes: pd.DataFrame) -> FloatArray:
    won_at = to_ms(outcomes["won_at"])[lead]
    is_won = (won_at != MISSING_MS) & (won_at <= window_end)
    is_lost = (outcomes["outcome"] == "lost").to_numpy(dtype=np.bool_)[lead]
    return np.select([is_won, is_observed | is_lost], [1.0, 0.0], default=np.nan)


def _weights(lead: IntArray, is_observed: BoolArray, leads: int) -> FloatArray:
    rows_of_lead = np.bincount(lead[is_observed], minlength=leads)[lead]
    return np.where(is_observed, 1.0 / np.maximum(rows_of_lead, 1), 0.0)
