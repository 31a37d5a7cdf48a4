"""Which values so many leads share that they tell of no single person.

What a model distinguishes is written to its folder and shown in reports, so a name that somebody typed into a field
must not be among it.
"""

from typing import Final

import numpy as np

from features.arrays import BoolArray, IntArray
from features.records import Records

LEAST_LEADS: Final = 10
LEAST_COMPANIES: Final = 3
"""Of which these leads are; a lead without a company counts as one of its own."""
_MOST_CELLS: Final = 1 << 27


def are_shared(values: int, codes: IntArray, lead: IntArray, company_of_lead: IntArray) -> BoolArray:
    """Tell of each value whether ``LEAST_LEADS`` leads of ``LEAST_COMPANIES`` companies have it.

    Parameters
    ----------
    values : int
        How many there are.
    codes, lead : numpy.ndarray
        int64, one a row: which value, and which lead has it; a row without either is below zero.
    company_of_lead : numpy.ndarray
        int64, one a lead; below zero where it has none.
    """
    is_told = (codes >= 0) & (lead >= 0)
    codes, lead = codes[is_told], lead[is_told]
    alone = company_of_lead.max(initial=0) + 1 + np.arange(len(company_of_lead))
    owner = np.where(company_of_lead >= 0, company_of_lead, alone)[lead]
    enough_leads = _distinct(values, codes, lead) >= LEAST_LEADS
    return np.asarray(enough_leads & (_distinct(values, codes, owner) >= LEAST_COMPANIES))


def shared_types(records: Records, rows: IntArray | None = None) -> tuple[str, ...]:
    """Return the types of activity that are shared in this sense, the most frequent first.

    Parameters
    ----------
    records : Records
    rows : numpy.ndarray, optional
        int64, the activities that count; all, if not given.
    """
    types = records.activities.types
    codes, lead = types.codes, records.source.lead_of("activities")
    if rows is not None:
        codes, lead = codes[rows], lead[rows]
    is_shared = are_shared(len(types.names), codes, lead, records.company_of_lead)
    support = np.bincount(codes[codes >= 0], minlength=len(types.names))
    return tuple(name for _, name, shared in sorted(zip(-support, types.names, is_shared, strict=True)) if shared)


def _distinct(values: int, codes: IntArray, owner: IntArray) -> IntArray:
    """Count the different owners of each value."""
    owners = int(owner.max(initial=0)) + 1
    pairs = codes * owners + owner
    if values * owners > _MOST_CELLS:
        return np.bincount(np.unique(pairs) // owners, minlength=values)
    is_there = np.zeros(values * owners, dtype=np.bool_)
    is_there[pairs] = True  # a tenth of the time that sorting takes
    return np.asarray(is_there.reshape(values, owners).sum(axis=1))
