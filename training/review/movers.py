"""Leads whose probability moved."""

import numpy as np
import pandas as pd

from features.compute import compute
from features.records import Records
from features.snapshots import Snapshots
from models.calibration import probability
from models.conversion import ConversionModel
from training.review.instants import days_before


def movers(model: ConversionModel, records: Records, snapshots: Snapshots, days: float) -> pd.DataFrame:
    """Score leads now and some days before.

    Parameters
    ----------
    model : ConversionModel
        Scores both, so that only the lead has changed in between.
    records : Records
        What the source says about its leads.
    snapshots : Snapshots
        The leads now; those that did not exist so many days before are left out.
    days : float
        How far to look back.

    Returns
    -------
    pandas.DataFrame
        ``lead_id``, ``probability_then``, ``probability_now`` and ``change`` in log-odds; the largest change first.
    """
    then_ms = days_before(snapshots.as_of_ms, days)
    existed = np.flatnonzero(records.created_ms[snapshots.lead] < then_ms)
    now, then = snapshots.take(existed), Snapshots(snapshots.lead[existed], then_ms[existed])
    log_odds_now, log_odds_then = (model.log_odds(compute(model.spec, records, one)) for one in (now, then))
    frame = pd.DataFrame(
        {
            "lead_id": np.array(records.lead_ids.names, dtype=object)[records.lead_ids.codes[now.lead]],
            "probability_then": probability(log_odds_then),
            "probability_now": probability(log_odds_now),
            "change": log_odds_now - log_odds_then,
        }
    )
    order = np.argsort(-np.abs(frame["change"].to_numpy()), kind="stable")
    return frame.iloc[order].reset_index(drop=True)
