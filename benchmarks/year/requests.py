"""What a CRM sends on a day: open leads with everything known by then, what was decided since, an export."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

UNKNOWN_TO_REQUESTS: Final = (
    "colleagues",
    "active_colleagues",
    "colleague_activities_30d",
    "colleague_responses_90d",
    "colleague_real_contacts_90d",
    "days_since_last_company_activity",
    "company_wins",
    "company_losses",
)
"""A request is about one lead and cannot know of its colleagues, so a model for requests must not learn from them."""

KEPT: Final = pd.DateOffset(months=18)
"""A CRM keeps leads for so long: older ones are neither exported nor scored."""

_PILOT: Final = 2
"""Every second lead is scored: half of the sales teams work by scores, which is enough to be told of drift."""

_DATED: Final = {
    "activities": "occurred_at",
    "qualifications": "answered_at",
    "stage_history": "entered_at",
    "deals": "created_at",
}
_HISTORY: Final = {"field_history": "changed_at"}
_OF_THE_OUTCOME: Final = ("outcome", "closed_at", "lost_reason", "company_id", "onboarding_plan")


class Crm:
    """A CRM whose every day is known; it has some of its leads scored, and reports how these ended.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The canonical tables, times with their zone.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._leads = tables["leads"].iloc[::_PILOT]
        self._companies = _by(tables["companies"], "company_id")
        self._rows = {name: _by(tables[name], "lead_id") for name in (*_DATED, *_HISTORY)}

    def scoring(self, day: pd.Timestamp) -> Iterator[dict[str, Any]]:
        """Yield a request to score each lead of the pilot that is open on a day."""
        leads = self._leads
        is_there = (leads["created_at"] >= day - KEPT) & (leads["created_at"] < day)
        is_open = is_there & ~(leads["closed_at"] <= day)
        for lead in _records(leads[is_open]):
            company = self._companies.get(lead.get("company_id", ""), [{}])[0]
            own = {name: value for name, value in self._undone(lead, day).items() if name not in _OF_THE_OUTCOME}
            known = {name: self._known(name, lead["lead_id"], when, day) for name, when in (_DATED | _HISTORY).items()}
            yield {"lead": own, "company": company or None, **known, "as_of": day.isoformat()}

    def decided(self, since: pd.Timestamp, day: pd.Timestamp) -> Iterator[dict[str, Any]]:
        """Yield how each lead ended that was decided after one day and by another."""
        closed = self._leads["closed_at"]
        for lead in _records(self._leads[(closed > since) & (closed <= day)]):
            report = {name: lead.get(name) for name in ("lead_id", "outcome", "closed_at", "lost_reason")}
            yield {name: value for name, value in report.items() if value is not None}

    def _undone(self, lead: dict[str, Any], day: pd.Timestamp) -> dict[str, Any]:
        """Return a lead without the changes of its fields that come after a day."""
        changes = self._rows["field_history"].get(lead["lead_id"], [])
        later = [change for change in changes if change["changed_at"] >= day.isoformat()]
        latest_first = sorted(later, key=lambda change: change["changed_at"], reverse=True)
        values = lead | {change["field"]: change.get("old_value") for change in latest_first}
        return {name: value for name, value in values.items() if value is not None}

    def _known(self, table: str, lead_id: str, when: str, day: pd.Timestamp) -> list[dict[str, Any]]:
        before = day.isoformat()
        rows = self._rows[table].get(lead_id, [])
        return [_as_of(row, before) for row in rows if max(row[when], row.get("recorded_at") or "") < before]


def export(tables: Mapping[str, pd.DataFrame], folder: Path, day: pd.Timestamp) -> None:
    """Write the leads that are kept on a day, with all that belongs to them, as a CRM exports them."""
    folder.mkdir()
    leads = tables["leads"]
    recent = leads.loc[leads["created_at"] >= day - KEPT, "lead_id"]
    for name, table in tables.items():
        rows = table[table["lead_id"].isin(recent)] if "lead_id" in table else table
        rows.to_csv(folder / f"{name}.csv", index=False)


def _as_of(row: dict[str, Any], day: str) -> dict[str, Any]:
    """Return a row as it stood on a day: a deal that is decided later was open then."""
    if row.get("closed_at", "") < day:
        return row
    return {name: value for name, value in row.items() if name not in _OF_THE_OUTCOME} | {"outcome": "open"}


def _by(table: pd.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in _records(table):
        rows.setdefault(row.pop(key), []).append(row)
    return rows


def _records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield each row without its blanks; times as ISO 8601 in UTC, which sort as text."""
    texts = {name: _texts(column) for name, column in table.items()}
    names = list(map(str, texts))
    for values in zip(*texts.values(), strict=True):
        yield {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _texts(column: pd.Series) -> list[Any]:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    return [None if pd.isna(value) else value for value in column.tolist()]
