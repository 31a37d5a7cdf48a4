"""A small simulated source, and what it would have looked like at an earlier instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from features.catalogue import FEATURES, STATISTICS
from features.compute import compute
from features.instant import to_ms
from features.matrix import FeatureMatrix
from features.recipe import ActivityTypeRecipe, CatalogueRecipe, CustomRecipe, Recipe
from features.records import Records
from features.sample import simulate
from features.snapshots import Snapshots
from features.spec import FeatureSpec, FittedFeature
from features.tables import Tables

Frames = Mapping[str, pd.DataFrame]

KNOWN_BY = {
    "activities": ("occurred_at", "recorded_at"),
    "qualifications": ("answered_at",),
    "stage_history": ("entered_at",),
    "field_history": ("changed_at",),
    "deals": ("created_at",),
}
"""A row of a table is known once all of these times are past."""

RECIPES: tuple[Recipe, ...] = (
    *map(CatalogueRecipe, FEATURES),
    *(ActivityTypeRecipe("contract_review", statistic) for statistic in STATISTICS),
    CustomRecipe("leads", "product_interest", "category"),
    CustomRecipe("leads", "seats", "number"),
    CustomRecipe("leads", "wants_demo", "flag"),
    CustomRecipe("leads", "contract_renewal_on", "date"),
    CustomRecipe("leads", "inquiry_text", "text"),
    CustomRecipe("leads", "nurture_track", "category"),
    CustomRecipe("companies", "listed", "flag"),
)


@dataclass(frozen=True)
class Source:
    """Raw frames, snapshots of them, and every feature there is, with the categories of all of its values."""

    frames: Frames
    snapshots: pd.DataFrame
    spec: FeatureSpec

    def matrix(self) -> FeatureMatrix:
        return matrix_of(self.frames, self.spec, self.snapshots)


def matrix_of(frames: Frames, spec: FeatureSpec, snapshots: pd.DataFrame) -> FeatureMatrix:
    """Compute features at snapshots given by lead id and milliseconds."""
    tables = Tables.from_frames(time_zone="UTC", **frames)
    lead = pd.Index(tables.leads["lead_id"]).get_indexer(pd.Index(snapshots["lead_id"]))
    return compute(spec, Records.of(tables), Snapshots(lead.astype(np.int64), snapshots["as_of_ms"].to_numpy()))


@cache
def small_source(leads: int = 250) -> Source:
    """Simulate a source with snapshots at odd instants, and at the very instants at which things happened."""
    frames = simulate(leads, seed=5)
    snapshots = pd.concat([_at_odd_instants(frames["leads"]), _at_activities(frames["activities"], leads)])
    spec = FeatureSpec(tuple(_fitted(recipe, frames) for recipe in RECIPES))
    return Source(frames, snapshots.reset_index(drop=True), spec)


def _at_odd_instants(leads: pd.DataFrame) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    age_ms = (rng.exponential(60, len(leads)) * 86_400_000).astype(np.int64) + 1
    return pd.DataFrame({"lead_id": leads["lead_id"], "as_of_ms": to_ms(_times(leads["created_at"])) + age_ms})


def _at_activities(activities: pd.DataFrame, number: int) -> pd.DataFrame:
    some = activities.sample(number, random_state=5)
    known = _times(some["recorded_at"]).fillna(_times(some["occurred_at"]))
    return pd.DataFrame({"lead_id": some["lead_id"], "as_of_ms": to_ms(known)})


def _times(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(texts, utc=True, format="ISO8601").dt.as_unit("ms")


def _fitted(recipe: Recipe, frames: Frames) -> FittedFeature:
    if recipe.feature().unit != "category":
        return FittedFeature(recipe, None)
    values = {
        str(value) for frame in frames.values() for column in frame for value in frame[column].dropna().unique()[:40]
    }
    return FittedFeature(recipe, tuple(sorted(values)))


def is_known(frame: pd.DataFrame, table: str, as_of_ms: int) -> pd.Series:
    """Tell which rows of a table were known at an instant."""
    as_of = pd.Timestamp(as_of_ms, unit="ms", tz="UTC")
    known = pd.Series(data=True, index=frame.index)
    for column in KNOWN_BY[table]:
        if column in frame:
            times = _times(frame[column])
            known &= times.isna() | (times < as_of)
    return known


def without_later_rows(frames: Frames, as_of_ms: int) -> dict[str, pd.DataFrame]:
    """Return the frames as an export at an instant would have had them."""
    earlier = {name: frame for name, frame in frames.items() if name not in KNOWN_BY}
    earlier |= {name: frames[name][is_known(frames[name], name, as_of_ms)] for name in KNOWN_BY if name in frames}
    earlier["leads"] = _rolled_back(_undecided(frames["leads"], as_of_ms), frames["field_history"], as_of_ms)
    earlier["deals"] = _undecided(earlier["deals"], as_of_ms)
    return earlier


def _undecided(frame: pd.DataFrame, as_of_ms: int) -> pd.DataFrame:
    closed = _times(frame["closed_at"])
    later = closed >= pd.Timestamp(as_of_ms, unit="ms", tz="UTC")
    outcome = frame["outcome"].mask(later, "open")
    return frame.assign(outcome=outcome, closed_at=frame["closed_at"].mask(later))


def _rolled_back(leads: pd.DataFrame, history: pd.DataFrame, as_of_ms: int) -> pd.DataFrame:
    """Undo the changes of fields that came later: the first of them says what the value was before."""
    later = history[~is_known(history, "field_history", as_of_ms)]
    first = later.assign(at=_times(later["changed_at"])).sort_values("at")
    leads = leads.set_index("lead_id")
    first = first.drop_duplicates(["lead_id", "field"])
    for lead, field, old in zip(first["lead_id"], first["field"], first["old_value"], strict=True):
        leads.loc[lead, field] = old
    return leads.reset_index()
