"""The rows of one request as a source that features read."""

from typing import Final

import numpy as np

from features.lead_source import LeadSource
from features.records import Records
from features.snapshots import Snapshots
from serving.asked_lead import AskedLead

_FIRST: Final = np.zeros(1, dtype=np.int64)


def records_of(asked: AskedLead) -> Records:
    """Return the rows of a request as records with one lead."""
    return Records(LeadSource(asked.rows))


def one_snapshot(as_of_ms: int) -> Snapshots:
    """Return the snapshot of the one lead."""
    return Snapshots(_FIRST, np.array([as_of_ms], dtype=np.int64))
