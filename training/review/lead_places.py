"""Leads by their ids."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import IntArray
from features.text_column import places

_SHOWN: Final = 3
_SEARCHED: Final = 20_000
"""Ids that are compared by their letters, which takes a second for so many."""


class UnknownLeadError(KeyError):
    """A lead is not in the leads table."""

    def __str__(self) -> str:
        return str(self.args[0])


def lead_places(lead_ids: pd.Series, wanted: Sequence[str]) -> IntArray:
    """Return the row numbers of leads in the leads table.

    Raises
    ------
    UnknownLeadError
        With every id that is not there, and the nearest ids that are.
    """
    place = places(lead_ids, pd.Series(list(wanted), dtype="str"))
    unknown = [wanted[row] for row in np.flatnonzero(place < 0).tolist()]
    if unknown:
        near = get_close_matches(unknown[0], lead_ids.head(_SEARCHED).tolist(), n=1)
        hint = f"did you mean {near[0]}?" if near else "look it up in tables.leads"
        listed = ", ".join(repr(name) for name in unknown[:_SHOWN])
        raise UnknownLeadError(
            f"{len(unknown):,} of {len(wanted):,} leads are not among the {len(lead_ids):,} of the source, "
            f"first {listed}: {hint}"
        )
    return place.astype(np.int64)
