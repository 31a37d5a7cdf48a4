"""A snapshot is a lead at an instant."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.arrays import IntArray
from features.instant import to_ms
from features.text_column import places


@dataclass(frozen=True)
class Snapshots:
    """Leads at instants, one row each.

    Attributes
    ----------
    lead : numpy.ndarray
        int64, the row number of the lead in the leads table.
    as_of_ms : numpy.ndarray
        int64, the instant in milliseconds since the epoch; what is dated there or later is not known.
    """

    lead: IntArray
    as_of_ms: IntArray

    def __len__(self) -> int:
        return len(self.lead)

    def take(self, rows: IntArray | slice) -> "Snapshots":
        """Return the given snapshots."""
        return Snapshots(self.lead[rows], self.as_of_ms[rows])


def snapshots_of(lead_ids: pd.Series, wanted_ids: pd.Series, as_of: pd.Series) -> Snapshots:
    """Make snapshots from lead ids and times.

    Raises
    ------
    KeyError
        When a wanted lead is not among ``lead_ids``; names the first.
    """
    lead = places(lead_ids, wanted_ids)
    if (lead < 0).any():
        unknown = wanted_ids[lead < 0]
        raise KeyError(
            f"{len(unknown):,} of the leads wanted are not in the leads table, the first is {unknown.iloc[0]!r}"
        )
    return Snapshots(lead.astype(np.int64), to_ms(as_of))
