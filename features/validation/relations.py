"""What must hold between the columns of a table, and between the tables."""

from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray
from features.faults import Fault
from features.validation.closing import CLOSED_AFTER_CREATED, CLOSED_HAS_TIME, DECIDED, OPEN_IS_NOT_CLOSED
from features.validation.marks import marks
from features.validation.raw import RawTable, Rule

_NO_REPEATS = Rule("an activity stands once", "Remove the repeats unless it really happened twice.", "warning")
_KNOWN_LEAD = Rule("every row belongs to a lead", "Export the missing leads too.", "warning")
_KNOWN_COMPANY = Rule("every company_id stands in companies", "Export the missing companies too.", "warning")


def check_rows(raw: RawTable, frame: pd.DataFrame) -> Iterator[Fault]:
    """Hold the columns of one table against each other."""
    if raw.name in {"leads", "deals"}:
        yield from _check_closing(raw, frame)
    if raw.name == "activities":
        repeated = pd.util.hash_pandas_object(frame, index=False).duplicated().to_numpy()
        yield from _breach(raw, None, _NO_REPEATS, "rows equal to an earlier one, kept", repeated)


def _check_closing(raw: RawTable, frame: pd.DataFrame) -> Iterator[Fault]:
    closed = frame["closed_at"].notna().to_numpy()
    decided = frame["outcome"].isin(DECIDED).to_numpy()
    early = (frame["closed_at"] < frame["created_at"]).to_numpy()
    yield from _breach(raw, "closed_at", CLOSED_AFTER_CREATED, "closed_at before created_at", early)
    yield from _breach(raw, "closed_at", CLOSED_HAS_TIME, "won or lost without one", decided & ~closed)
    if frame["outcome"].notna().any():
        yield from _breach(raw, "outcome", OPEN_IS_NOT_CLOSED, "open or blank with closed_at", closed & ~decided)


def unknown_companies(raw: RawTable, leads: pd.DataFrame, companies: pd.DataFrame) -> Iterator[Fault]:
    """Report the leads whose company has no row."""
    unknown = _unknown(leads["company_id"], companies["company_id"])
    yield from _breach(raw, "company_id", _KNOWN_COMPANY, "companies that are not there", unknown)


def without_unknown_leads(raw: RawTable, frame: pd.DataFrame, leads: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Drop the rows of leads that are not there, and report them. A row that names no lead stays."""
    unknown = _unknown(frame["lead_id"], leads["lead_id"])
    faults = list(_breach(raw, "lead_id", _KNOWN_LEAD, "leads that are not there, rows left out", unknown))
    return (frame[~unknown].reset_index(drop=True) if faults else frame), faults


def _unknown(ids: pd.Series, known: pd.Series) -> BoolArray:
    cells, values = pa.array(ids, pa.large_string()), pa.array(known, pa.large_string())
    return marks(pc.and_not(pc.is_valid(cells), pc.is_in(cells, value_set=values)))


def _breach(raw: RawTable, column: str | None, rule: Rule, found: str, wrong: BoolArray) -> Iterator[Fault]:
    if wrong.any():
        yield raw.fault(column, rule, found, wrong)
