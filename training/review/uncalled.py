"""Open leads that score high and that nobody has called."""

from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray
from features.open_leads import open_leads
from features.records import Records
from features.snapshots import Snapshots
from features.tables import Tables
from models.lead_scorer import LeadScorer
from training.review.score_store import ScoreStore

TALKS: Final = frozenset({"call", "meeting"})
"""Types of activity in which sales talks to a lead; where a source has none, whatever has an agent counts."""


def talks_of(tables: Tables) -> BoolArray:
    """Return which activities are talks of our people with the lead."""
    by_type = tables.activities["type"].isin(TALKS)
    talks = by_type if by_type.any() else tables.activities["agent"].notna()
    return talks.to_numpy(dtype=np.bool_)


def uncalled(scorer: LeadScorer, tables: Tables, data_end_ms: int, store: ScoreStore) -> pd.DataFrame:
    """List the open leads, the likeliest first, with when sales last talked to them.

    Parameters
    ----------
    scorer : LeadScorer
        Scores them as of the data end.
    tables : Tables
        The source.
    data_end_ms : int
        In milliseconds since the epoch.
    store : ScoreStore
        What the service has answered before.

    Returns
    -------
    pandas.DataFrame
        ``lead_id``, ``probability``, ``score``, ``grade``, ``gates``, ``route``, ``talked_at`` (missing where never),
        ``scored_at`` (when the service first graded it as it is graded now; missing where it has not).
    """
    snapshots = open_leads(tables, data_end_ms)
    scores = scorer.score(Records.of(tables), snapshots)
    frame = pd.DataFrame(
        {
            "lead_id": [score.lead_id for score in scores],
            "probability": [score.answer.probability for score in scores],
            "score": [score.answer.rank.score for score in scores],
            "grade": [score.answer.rank.grade for score in scores],
            "gates": [score.gates.overall for score in scores],
            "route": [score.recommendation.route for score in scores],
        }
    )
    told = frame.assign(talked_at=_talked_at(tables, snapshots), scored_at=_first_scored(frame, store))
    return told.sort_values(["probability", "lead_id"], ascending=[False, True], ignore_index=True)


def _talked_at(tables: Tables, snapshots: Snapshots) -> pd.Series:
    talks = tables.activities[talks_of(tables)]
    last = talks.groupby("lead_id")["occurred_at"].max()
    ids = tables.leads["lead_id"].iloc[snapshots.lead]
    return last.reindex(ids).reset_index(drop=True)


def _first_scored(frame: pd.DataFrame, store: ScoreStore) -> pd.Series:
    given = store.scores().groupby(["lead_id", "grade"], as_index=False)["scored_at"].min()
    return frame[["lead_id", "grade"]].merge(given, how="left", on=["lead_id", "grade"])["scored_at"]
