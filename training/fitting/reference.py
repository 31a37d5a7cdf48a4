"""The leads that a score is a rank among."""

import numpy as np

from features.arrays import IntArray
from training.labelling.dataset import Dataset


def reference_rows(data: Dataset) -> IntArray:
    """Return the newer half of the snapshots: sales compare today's leads with each other."""
    return np.flatnonzero(data.as_of_ms >= np.median(data.as_of_ms)).astype(np.int64)
