"""Reads a request with pydantic, which tells everything that is wrong with it at once."""

from typing import Any

from pydantic import BaseModel, ValidationError

from serving.asked_lead import AskedLead
from serving.column_rule import column_rules
from serving.problems import ProblemError, invalid_request
from serving.request_errors import Location, field_errors
from serving.row_fields import Reading
from serving.score_request import HISTORIES, ScoreRequest, score_request_model


def read_thoroughly(content: Any, reading: Reading, root: Location) -> AskedLead:
    """Return the lead of a request.

    Parameters
    ----------
    content, reading, root
        As ``serving.answering.read_request`` takes them.

    Raises
    ------
    ProblemError
        422 with everything that is wrong.
    """
    try:
        request = score_request_model().model_validate(content, context=reading)
    except ValidationError as error:
        listed, count = field_errors(error, root)
        raise ProblemError(invalid_request(listed, count)) from None
    rows = _rows_of(request)
    return AskedLead(rows["leads"][0]["lead_id"], rows, request.as_of, request.language)


def _rows_of(request: ScoreRequest) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table that a request states; the company is the lead's, named by it or not."""
    lead = _with_kind(_stated(request.lead, request.lead.custom))
    rows = {"leads": [lead]}
    if request.company is not None:
        company = _stated(request.company, request.company.custom)
        company_id = company.get("company_id") or lead.get("company_id") or f"company of {lead['lead_id']}"
        company["company_id"] = lead["company_id"] = company_id
        rows["companies"] = [company]
    for table in HISTORIES:
        history = getattr(request, table)
        if history is not None:
            rows[table] = [_stated(row, {}) for row in history]
    return rows


def _stated(row: BaseModel, custom: dict[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in {**row.__dict__, **custom}.items() if value is not None}


def _with_kind(lead: dict[str, Any]) -> dict[str, Any]:
    """Move what an address was reduced to into the column that keeps it, before what is said of that."""
    for name, rule in column_rules("leads").items():
        if rule.kind == "address" and name in lead:
            lead[rule.kept_as] = lead.pop(name)
    return lead
