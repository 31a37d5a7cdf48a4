"""One lead as records and a snapshot, for what works on many."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from features.lead_source import LeadSource, Rows
from features.records import Records
from features.snapshots import Snapshots

_FIRST: Final = np.zeros(1, dtype=np.int64)


def lead_records(rows: Mapping[str, Rows]) -> Records:
    """Return the rows of one lead, as ``LeadSource`` takes them, as records."""
    return Records(LeadSource(rows))


def lead_snapshot(as_of_ms: int) -> Snapshots:
    """Return the snapshot of the one lead at an instant."""
    return Snapshots(_FIRST, np.array([as_of_ms], dtype=np.int64))
