"""A CRM of numbers only, large enough to measure speed on: leads, dated activities, and snapshots to compute."""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from features.arrays import IntArray
from features.instant import MS_PER_DAY

TYPES: Final = tuple(
    f"{channel}_{kind}" for channel in ("portal", "chat", "webinar", "community", "partner") for kind in "abc"
)
"""Fifteen types that the catalogue does not know: each gets the four generic features, sixty in all."""

_DAYS: Final = 3 * 365
_START_MS: Final = 1_688_169_600_000  # 2023-07-01, UTC
_AT: Final = pa.timestamp("ms", tz="UTC")


def write_crm(folder: Path, snapshots: int, activities: int, seed: int = 7) -> None:
    """Write leads, activities and snapshots as Parquet files; five snapshots a lead.

    Leads come in evenly over three years. How active one is follows a log-normal distribution; what it does crowds
    after its arrival, with a mean of 120 days. Types differ in frequency as in Zipf's law. Activities are in the order
    of time, as exports are.
    """
    rng = np.random.default_rng(seed)
    leads = max(snapshots // 5, 1)
    ids = pa.array([f"L{number:08d}" for number in rng.permutation(leads)])
    created = _START_MS + rng.integers(0, _DAYS * MS_PER_DAY, leads)
    _write(folder / "leads.parquet", {"lead_id": ids, "created_at": pa.array(created).cast(_AT)})
    _write(folder / "activities.parquet", _activities(rng, ids, created, activities))
    lead = rng.integers(0, leads, snapshots)
    as_of = created[lead] + _delay_ms(rng, 90.0, snapshots)
    _write(folder / "snapshots.parquet", {"lead_id": ids.take(pa.array(lead)), "as_of": pa.array(as_of).cast(_AT)})


def _activities(rng: np.random.Generator, ids: pa.Array, created: IntArray, rows: int) -> dict[str, pa.Array]:
    weight = rng.lognormal(0.0, 1.0, len(created))
    lead = rng.choice(len(created), rows, p=weight / weight.sum())
    occurred = created[lead] + _delay_ms(rng, 120.0, rows)
    frequency = 1.0 / np.arange(1, len(TYPES) + 1)
    kind = rng.choice(len(TYPES), rows, p=frequency / frequency.sum())
    order = np.argsort(occurred)
    return {
        "lead_id": ids.take(pa.array(lead[order])),
        "type": pa.array(TYPES).take(pa.array(kind[order])),
        "occurred_at": pa.array(occurred[order]).cast(_AT),
    }


def _delay_ms(rng: np.random.Generator, mean_days: float, rows: int) -> IntArray:
    return (np.minimum(rng.exponential(mean_days, rows), _DAYS) * MS_PER_DAY).astype(np.int64)


def _write(file: Path, columns: dict[str, pa.Array]) -> None:
    parquet.write_table(pa.table(columns), file)
