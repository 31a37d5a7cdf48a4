"""The same features in DuckDB, the quickest of the ways tried.

A join of snapshots with their lead's activities, aggregated by snapshot and type, then spread into columns. Slower:
sixty filtered aggregates at once, and as-of joins with running window counts.
"""

from pathlib import Path
from typing import Final

import duckdb
import numpy as np

from benchmarks.features.crm import TYPES
from features.arrays import FloatArray
from features.instant import MS_PER_DAY

_THREADS: Final = 2
_NUMBERED: Final = """
create temp table numbered as select lead_id, (row_number() over ())::integer as lead from leads;
create temp table asked as
  select file_row_number as snapshot, lead, epoch_ms(as_of) as moment from snapshots join numbered using (lead_id)
"""
_ACTS: Final = """
create temp table acts as
  select lead, list_position($types, type)::utinyint as type, epoch_ms(occurred_at) as moment
  from activities join numbered using (lead_id)
"""
_BY_TYPE: Final = """
create temp table by_type as
  select snapshot, type,
    count(*) filter (where acts.moment >= asked.moment - 7 * 86400000::bigint) as count_7d,
    count(*) filter (where acts.moment >= asked.moment - 30 * 86400000::bigint) as count_30d,
    count(*) as count_ever,
    min(asked.moment - acts.moment) as last_age
  from asked join acts using (lead) where acts.moment < asked.moment group by all
"""
_COUNTS: Final = ("count_7d", "count_30d", "count_ever")


class DuckDB:
    """DuckDB."""

    def __init__(self, folder: Path) -> None:
        self._database = duckdb.connect(config={"threads": _THREADS, "preserve_insertion_order": False})
        for name in ("leads", "activities"):
            self._database.read_parquet(str(folder / f"{name}.parquet")).create(name)
        file = str(folder / "snapshots.parquet")
        self._database.read_parquet(file, file_row_number=True).create("snapshots")

    def run(self) -> None:
        """Compute; every value is exactly ours."""
        self._database.execute(_NUMBERED)
        self._database.execute(_ACTS, {"types": list(TYPES)})
        self._database.execute(_BY_TYPE)
        by_type, asked = self._database.table("by_type"), self._database.table("asked").select("snapshot as row")
        wide = by_type.aggregate(f"snapshot, {_columns()}", "snapshot")
        asked.join(wide, "row = snapshot", how="left").create("features")

    def values(self) -> FloatArray:
        """Return the features."""
        features = self._database.table("features").order("row").select("* exclude (row, snapshot)").fetchnumpy()
        columns = [_filled(name, column) for name, column in features.items()]
        return np.stack(columns, axis=1)


def _filled(name: str, column: FloatArray) -> FloatArray:
    """Fill what a snapshot before any activity has: no count is zero, no last time is missing."""
    return np.asarray(np.ma.filled(column, np.nan if name.startswith("last") else 0.0), dtype=np.float64)


def _columns() -> str:
    return ", ".join(column for code in range(1, len(TYPES) + 1) for column in _columns_of(code))


def _columns_of(code: int) -> list[str]:
    counts = [f"coalesce(max({name}) filter (where type = {code}), 0)::double as {name}_{code}" for name in _COUNTS]
    return [*counts, f"min(last_age) filter (where type = {code}) / {MS_PER_DAY}.0::double as last_{code}"]
