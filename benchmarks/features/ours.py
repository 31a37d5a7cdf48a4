"""The path that training and serving take: records, a spec of recipes, compute."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.features.crm import TYPES
from features.arrays import FloatArray
from features.catalogue import STATISTICS
from features.compute import compute
from features.recipe import ActivityTypeRecipe
from features.records import Records
from features.schema import SCHEMAS
from features.snapshots import snapshots_of
from features.spec import FeatureSpec, FittedFeature
from features.tables import Tables


class Ours:
    """The event index of this project."""

    def __init__(self, folder: Path) -> None:
        empty = Tables.from_frames(leads=pd.DataFrame({"lead_id": ["one"], "created_at": ["2023-07-01"]}))
        frames = {name: getattr(empty, name) for name in SCHEMAS}
        for name in ("leads", "activities"):
            frames[name] = _completed(pd.read_parquet(folder / f"{name}.parquet"), frames[name])
        self.tables = Tables(**frames, present=frozenset({"leads", "activities"}), warnings=())
        self._snapshots = pd.read_parquet(folder / "snapshots.parquet")
        self._values: FloatArray = np.empty((0, 0))

    def run(self) -> None:
        """Index the activities and compute."""
        asked = self._snapshots
        snapshots = snapshots_of(self.tables.leads["lead_id"], asked["lead_id"], asked["as_of"])
        self._values = compute(spec(), Records.of(self.tables), snapshots).values

    def values(self) -> FloatArray:
        """Return the features."""
        return self._values


def spec() -> FeatureSpec:
    """Return the generic features of every type."""
    recipes = [ActivityTypeRecipe(name, statistic) for name in TYPES for statistic in STATISTICS]
    return FeatureSpec(tuple(FittedFeature(recipe, None) for recipe in recipes))


def _completed(frame: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Add the declared columns that the file lacks, as validation does."""
    complete = frame.reindex(columns=like.columns)
    return complete.astype({name: like[name].dtype for name in like.columns if name not in frame})
