"""A lead with all that its features can see: its own rows, and those of its company's other people."""

from dataclasses import replace

import numpy as np
import pandas as pd

from features.arrays import BoolArray, IntArray
from features.tables import Tables


def family(tables: Tables, leads: IntArray) -> Tables:
    """Return the tables with nothing but some leads, the other leads of their companies, and all their rows.

    A feature of one of these leads has the same value there as in the whole source.

    Parameters
    ----------
    tables : Tables
        The source.
    leads : numpy.ndarray
        int64, row numbers in the leads table.
    """
    companies = tables.leads["company_id"].iloc[leads].dropna().unique()
    is_in = tables.leads["company_id"].isin(companies).to_numpy(dtype=np.bool_, copy=True)
    is_in[leads] = True
    ids = tables.leads["lead_id"][is_in]
    return replace(
        tables,
        leads=_part(tables.leads, is_in),
        companies=_part(tables.companies, tables.companies["company_id"].isin(companies)),
        deals=_part(tables.deals, tables.deals["lead_id"].isin(ids) | tables.deals["company_id"].isin(companies)),
        activities=_of(tables.activities, ids),
        qualifications=_of(tables.qualifications, ids),
        stage_history=_of(tables.stage_history, ids),
        field_history=_of(tables.field_history, ids),
    )


def _of(frame: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    return _part(frame, frame["lead_id"].isin(ids))


def _part(frame: pd.DataFrame, rows: BoolArray | pd.Series) -> pd.DataFrame:
    return frame[rows].reset_index(drop=True)
