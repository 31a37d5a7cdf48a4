"""The rows of one request as a source that features read."""

from typing import Any, Final

import numpy as np

from features.lead_source import LeadSource
from features.records import Records
from features.schema import SCHEMAS, becomes
from features.snapshots import Snapshots
from serving.score_request import HISTORIES, ScoreRequest


def records_of(request: ScoreRequest) -> Records:
    """Return the rows of a request as records with one lead."""
    return Records(LeadSource(rows_of(request)))


def rows_of(request: ScoreRequest) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table that a request states, valid, times in milliseconds.

    The company is the lead's, whether or not the lead names it.
    """
    lead = _with_kinds("leads", {**request.lead.__dict__, **request.lead.custom})
    rows = {"leads": [lead]}
    if request.company is not None:
        company = {**request.company.__dict__, **request.company.custom}
        company["company_id"] = company["company_id"] or lead["company_id"] or f"company of {request.lead_id}"
        lead["company_id"] = company["company_id"]
        rows["companies"] = [company]
    for table in HISTORIES:
        history = getattr(request, table)
        if history is not None:
            rows[table] = [row.__dict__ for row in history]
    return rows


def one_snapshot(as_of_ms: int) -> Snapshots:
    """Return the snapshot of the one lead."""
    return Snapshots(np.zeros(1, dtype=np.int64), np.array([as_of_ms], dtype=np.int64))


def _with_kinds(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """Move what a column was reduced to into the column that keeps it."""
    for name, target in _REDUCED[table]:
        reduced = row.pop(name)
        row[target] = reduced if reduced is not None else row[target]
    return row


_REDUCED: Final = {
    table: [(name, target) for name, column in schema.columns.items() if (target := becomes(column)) is not None]
    for table, schema in SCHEMAS.items()
}
