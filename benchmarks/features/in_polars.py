"""The same features in polars, the quickest of the ways tried.

A join of snapshots with their lead's activities, aggregated by snapshot and type in the streaming engine, then spread
into columns. Slower when tried: the in-memory engine, as-of joins with cumulative counts, and
``search_sorted`` on one integer key.
"""

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from benchmarks.features.crm import TYPES
from features.arrays import FloatArray
from features.instant import MS_PER_DAY

_COUNTS: Final = ("count_7d", "count_30d", "count_ever")


class Polars:
    """Polars."""

    def __init__(self, folder: Path) -> None:
        names = ("leads", "activities", "snapshots")
        self._leads, self._activities, self._snapshots = (pl.read_parquet(folder / f"{name}.parquet") for name in names)
        self._features = pl.DataFrame()

    def run(self) -> None:
        """Compute; every value is exactly ours."""
        number = len(self._snapshots)
        by_type = self._aggregated().partition_by("type", as_dict=True, include_key=False)
        day = pl.repeat(float(MS_PER_DAY), number, eager=True)  # a scalar would be multiplied by its rounded inverse
        columns = []
        for code in range(len(TYPES)):
            part = by_type[(code,)]
            for name in _COUNTS:
                zeros = pl.zeros(number, dtype=pl.Float64, eager=True)
                columns.append(zeros.scatter(part["snapshot"], part[name].cast(pl.Float64)).alias(f"{code}_{name}"))
            never = pl.repeat(None, number, dtype=pl.Float64, eager=True)
            last = never.scatter(part["snapshot"], part["last_age"].cast(pl.Float64))
            columns.append((last / day).alias(f"{code}_days_since_last"))
        self._features = pl.DataFrame(columns)

    def values(self) -> FloatArray:
        """Return the features."""
        return np.asarray(self._features.fill_null(float("nan")).to_numpy(), dtype=np.float64)

    def _aggregated(self) -> pl.DataFrame:
        leads = self._leads.lazy().select("lead_id").with_row_index("lead")
        code = pl.col("type").replace_strict(list(TYPES), list(range(len(TYPES))), return_dtype=pl.UInt8)
        at = pl.col("occurred_at").to_physical().alias("at")
        activities = self._activities.lazy().join(leads, on="lead_id").select("lead", code, at)
        as_of = pl.col("as_of").to_physical()
        snapshots = self._snapshots.lazy().with_row_index("snapshot").join(leads, on="lead_id")
        pairs = snapshots.select("snapshot", "lead", as_of).join(activities, on="lead").filter(pl.col("at") < as_of)
        age = pl.col("age")
        aggregated = (
            pairs.select("snapshot", "type", age=as_of - pl.col("at"))
            .group_by("snapshot", "type")
            .agg(
                count_7d=(age <= 7 * MS_PER_DAY).sum(),
                count_30d=(age <= 30 * MS_PER_DAY).sum(),
                count_ever=pl.len(),
                last_age=age.min(),
            )
        )
        return aggregated.collect(engine="streaming")
