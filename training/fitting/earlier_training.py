"""Which categories a training would have told apart that had been some steps earlier."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from features.fitting import LEAST_LEADS_PER_CATEGORY
from features.instant import MS_PER_DAY
from models.quality.turnover import STEP_DAYS
from training.labelling.dataset import Dataset

_NEVER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True)
class EarlierTraining:
    """The categories of a feature, and how much there was to learn them from.

    Attributes
    ----------
    since_ms : numpy.ndarray
        int64, for each code since when it was told apart; the last code stands for all others and never was.
    first_ms, last_ms : int
        The first and the last snapshot that was learnt from.
    """

    since_ms: IntArray
    first_ms: int
    last_ms: int

    @classmethod
    def of(cls, data: Dataset, column: int, categories: int) -> "EarlierTraining":
        """Find since when so many leads had had each category of a feature as are needed to tell it apart."""
        rows = pd.DataFrame({"code": data.matrix.values[:, column], "lead": data.lead, "as_of_ms": data.as_of_ms})
        arrived = rows.groupby(["code", "lead"])["as_of_ms"].min()
        known = arrived.groupby("code").nsmallest(LEAST_LEADS_PER_CATEGORY).groupby(level=0).agg(["size", "max"])
        enough = known[(known["size"] == LEAST_LEADS_PER_CATEGORY) & (known.index < categories)]
        since_ms = np.full(categories + 1, _NEVER, dtype=np.int64)
        since_ms[enough.index.to_numpy(dtype=np.int64)] = enough["max"].to_numpy(dtype=np.int64)
        return cls(since_ms, int(data.as_of_ms.min()), int(data.as_of_ms.max()))

    @cached_property
    def most_steps(self) -> int:
        """By how many steps it could have been earlier and still have had half as much to learn from."""
        return (self.last_ms - self.first_ms) // 2 // (STEP_DAYS * MS_PER_DAY)

    def told_apart(self, codes: FloatArray, steps: int) -> FloatArray:
        """Return codes with those that a training so many steps earlier would not have told apart as the last one."""
        unknown = self.since_ms > self.last_ms - steps * STEP_DAYS * MS_PER_DAY
        recoded = np.where(unknown, len(self.since_ms) - 1.0, np.arange(len(self.since_ms)))
        there = ~np.isnan(codes)
        return np.where(there, recoded[np.where(there, codes, 0).astype(np.int64)], codes)
