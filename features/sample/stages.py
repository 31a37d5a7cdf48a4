"""Stages of the demand waterfall, and the nurture track that marketing sets by them."""

from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray, IntArray
from features.sample.chance import happens, likelihood
from features.sample.deals import DISQUALIFIED_REASON
from features.sample.journeys import Journeys
from features.sample.people import People
from features.sample.seasons import DAYS, in_office_hours, timestamps
from features.sample.vocabulary import MISSING, texts

STAGES: Final = (
    "inquiry",
    "mql",
    "tal",
    "tql",
    "sal",
    "sgl",
    "sql",
    "closed_won",
    "closed_lost",
    "recycled",
    "disqualified",
)
TRACK: Final = "nurture_track"
FIRST_TRACK: Final = "newsletter"
_TRACK_BY_STAGE: Final = {
    "mql": "warm_up",
    "tql": "product_series",
    "sql": "sales_owned",
    "closed_won": "customer",
    "closed_lost": "win_back",
    "recycled": "newsletter",
    "disqualified": "none",
}
_FUNNEL: Final = ("mql", "tal", "tql", "sal")
_STAYS: Final = np.array([0.85, 0.7, 0.65, 0.4])
"""Chance of each of these steps for a lead without a project, given the step before."""
_STEPS_OF_PROJECT: Final = np.array([0.95, 0.8, 0.7, 0.85])
_MINUTES: Final = 5 / 1440
_RECYCLED_SHARE: Final = 0.5


def stage_table(
    rng: np.random.Generator, people: People, journeys: Journeys, ends: FloatArray, lead_ids: pd.Series
) -> pd.DataFrame:
    """Return every entry into a stage, in the order of entering.

    Parameters
    ----------
    ends : numpy.ndarray
        float64, days: nobody without a project steps up after this moment.
    """
    entries = [
        _entries("inquiry", np.arange(len(people)), people.created),
        *_steps(rng, people, journeys, ends),
        *_closings(rng, journeys),
    ]
    lead, stage, entered = (np.concatenate(column) for column in zip(*entries, strict=True))
    rows = np.flatnonzero(entered < DAYS)
    rows = rows[np.argsort(entered[rows], kind="stable")]
    name = texts(STAGES, stage[rows])
    reason = DISQUALIFIED_REASON.draw(rng, len(rows))
    return pd.DataFrame(
        {
            "lead_id": texts(lead_ids, lead[rows]),
            "stage": name,
            "entered_at": timestamps(entered[rows]),
            "reason": DISQUALIFIED_REASON.texts(np.where(name == "disqualified", reason, MISSING)),
        }
    )


def track_history(rng: np.random.Generator, stages: pd.DataFrame) -> pd.DataFrame:
    """Return the changes of the nurture track, made within hours of the stages that call for them."""
    changes = stages.assign(new_value=stages["stage"].map(_TRACK_BY_STAGE).astype("str")).dropna(subset="new_value")
    before = changes.groupby("lead_id", sort=False)["new_value"].shift()
    changes["old_value"] = before.astype("str").fillna(FIRST_TRACK)
    changes = changes[changes["new_value"] != changes["old_value"]].reset_index(drop=True)
    changes["field"] = TRACK
    changes["changed_at"] = changes["entered_at"] + pd.to_timedelta(rng.integers(1, 10, len(changes)), unit="s")
    return changes[["lead_id", "field", "changed_at", "old_value", "new_value"]]


def current_track(history: pd.DataFrame, lead_ids: pd.Series) -> pd.Series:
    """Return the nurture track of every lead at the end."""
    latest = history.drop_duplicates("lead_id", keep="last").set_index("lead_id")["new_value"]
    return lead_ids.map(latest).astype("str").fillna(FIRST_TRACK)


_Entries = tuple[IntArray, IntArray, FloatArray]


def _entries(stage: str, lead: IntArray, entered: FloatArray) -> _Entries:
    return lead, np.full(len(lead), STAGES.index(stage)), entered


def _steps(rng: np.random.Generator, people: People, journeys: Journeys, ends: FloatArray) -> list[_Entries]:
    """Draw the steps down the funnel: with a project mostly to its deal, without one they end on the way."""
    size = len(people)
    reached = _reached(rng, people, journeys)
    until = np.where(journeys.buys, journeys.deal_opens, np.minimum(ends, people.created + 90.0))
    share = np.sort(rng.beta(1.0, 1.3, (size, len(_FUNNEL))), axis=1)
    entered = people.created[:, None] + share * (until - people.created)[:, None]
    steps = [
        _entries(stage, np.flatnonzero(reached[:, place]), entered[reached[:, place], place])
        for place, stage in enumerate(_FUNNEL)
    ]
    skipped = journeys.buys & ~reached[:, -1]
    generated = _taken(skipped, "sgl", journeys.deal_opens - _MINUTES)
    return [*steps, generated, _taken(journeys.buys, "sql", journeys.deal_opens)]


def _reached(rng: np.random.Generator, people: People, journeys: Journeys) -> BoolArray:
    """Tell which steps of the funnel each lead takes; without a project none but in their order."""
    warm = likelihood(0.5 * people.fit + 0.5 * people.interest - 0.3)
    chance = np.where(journeys.buys[:, None], _STEPS_OF_PROJECT, _STAYS)
    chance[:, 0] *= np.where(journeys.buys, 1.0, np.sqrt(warm))
    taken = rng.random(chance.shape) < chance
    return np.where(journeys.buys[:, None], taken, np.logical_and.accumulate(taken, axis=1))


def _taken(chosen: BoolArray, stage: str, entered: FloatArray) -> _Entries:
    return _entries(stage, np.flatnonzero(chosen), entered[chosen])


def _closings(rng: np.random.Generator, journeys: Journeys) -> list[_Entries]:
    lost = journeys.buys & ~journeys.wins
    recycled = lost & (happens(rng, len(lost), _RECYCLED_SHARE))
    again = in_office_hours(rng, journeys.closes + 1.0 + rng.exponential(20.0, len(lost)))
    tidied = ~journeys.buys & ~journeys.disqualified & np.isfinite(journeys.closes)
    return [
        _taken(journeys.buys & journeys.wins, "closed_won", journeys.closes),
        _taken(lost, "closed_lost", journeys.closes),
        _taken(recycled, "recycled", again),
        _taken(tidied, "recycled", journeys.closes),
        _taken(journeys.disqualified, "disqualified", journeys.closes),
    ]
