"""Leads that carry their own history: one row a lead, with lists of what happened inside."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

HISTORIES: Final = ("activities", "qualifications", "deals", "stage_history", "field_history")
"""Columns that may hold a list of rows for each lead: those of the table of that name, without ``lead_id``."""

COMPANY: Final = "company"
"""The column that may hold the lead's row of the companies table."""


class NestedLeadsError(ValueError):
    """A cell of a nested column is neither rows, nor JSON text of rows, nor blank."""


def unnest(leads: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Turn leads with nested columns into canonical tables, not yet validated.

    A column counts as nested where any of its cells is: a custom field called ``company`` that holds names is left
    alone. Leads that state an equal company share its row.

    Parameters
    ----------
    leads : pandas.DataFrame
        Columns of the leads table; ``company`` and those of ``HISTORIES`` hold a mapping, a list of mappings, or either
        as JSON text. A blank is no company, or no rows.

    Raises
    ------
    NestedLeadsError
        Names the column and the row, counted from 1.
    """
    nested = [name for name in (COMPANY, *HISTORIES) if name in leads and leads[name].map(_is_nested).any()]
    tables = {"leads": leads.drop(columns=nested)}
    if COMPANY in nested:
        companies = [next(iter(rows), None) for rows in _cells(leads[COMPANY])]
        ids = [_company_id(lead, company) for lead, company in zip(_records(tables["leads"]), companies, strict=True)]
        tables["leads"] = tables["leads"].assign(company_id=pd.Series(ids, leads.index, dtype=object))
        tables["companies"] = _companies(ids, companies)
    histories = {name: _history(leads["lead_id"], leads[name]) for name in nested if name in HISTORIES}
    return tables | {name: rows for name, rows in histories.items() if len(rows)}


def _is_nested(cell: object) -> bool:
    return isinstance(cell, Mapping | list | tuple | np.ndarray) or (
        isinstance(cell, str) and cell.lstrip()[:1] in "[{"
    )


def _cells(column: pd.Series) -> Iterator[list[Mapping[str, Any]]]:
    for number, cell in enumerate(column, start=1):
        rows = _rows(cell)
        if rows is None:
            raise NestedLeadsError(
                f"{column.name} must hold objects, a list of them, or JSON text of either; row {number:,} holds "
                f"{type(cell).__name__} that is none of these. Correct it, or leave it blank."
            )
        yield rows


def _rows(cell: Any) -> list[Mapping[str, Any]] | None:
    if isinstance(cell, str):
        try:
            cell = json.loads(cell) if cell.strip() else []
        except json.JSONDecodeError:
            return None
    if isinstance(cell, Mapping):
        return [cell]
    if isinstance(cell, list | tuple | np.ndarray):
        rows = list(cell)
        return rows if all(isinstance(row, Mapping) for row in rows) else None
    return [] if pd.isna(cell) else None


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _company_id(lead: Mapping[str, Any], company: Mapping[str, Any] | None) -> object:
    own = lead.get("company_id")
    if company is None:
        return own
    stated = company.get("company_id", own)
    return f"company of {lead.get('lead_id')}" if stated is None or pd.isna(stated) else stated


def _companies(ids: list[object], companies: list[Mapping[str, Any] | None]) -> pd.DataFrame:
    rows = [
        {**company, "company_id": name} for name, company in zip(ids, companies, strict=True) if company is not None
    ]
    distinct = {json.dumps(row, sort_keys=True, default=str): row for row in rows}
    return pd.DataFrame(list(distinct.values()), dtype=object)


def _history(lead_ids: pd.Series, column: pd.Series) -> pd.DataFrame:
    rows = [{**row, "lead_id": lead} for lead, found in zip(lead_ids, _cells(column), strict=True) for row in found]
    return pd.DataFrame(rows, dtype=object)
