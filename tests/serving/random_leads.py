"""Requests about leads of all kinds: those that a CRM holds, and those that no model was trained on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from features.schema import SCHEMAS, allowed_values, column_kind
from serving.score_request import HISTORIES, row_columns

AS_OF = datetime(2025, 1, 1, tzinfo=UTC)
FIRST_DAY, LAST_DAY = date(1900, 1, 2), date(2190, 12, 31)
AS_OF_MS = int(AS_OF.timestamp() * 1000)
MOST_ROWS = 12
DATED_BY = {
    "activities": "occurred_at",
    "qualifications": "answered_at",
    "deals": "created_at",
    "stage_history": "entered_at",
}
KNOWN = {
    "type": ["email_open", "email_click", "meeting", "call", "page_view", "form_submit", "never heard of"],
    "source": ["web", "referral", "trade_show", "seminar", "carrier pigeon"],
    "industry": ["wholesale", "education", "manufacturing", "beekeeping"],
    "job_title": ["情報システム部長", "人事課 係長", "Chief Executive Officer", "?"],
    "email": ["a@example.co.jp", "b@gmail.com", "c@u-tokyo.ac.jp"],
    "field": ["nurture_track", "job_title", "unknown"],
    "lost_reason": ["price", "not_a_fit"],
}
CUSTOM: dict[str, list[Any]] = {
    "product_interest": ["analytics", "e_signature", "recruiting", "time machine"],
    "seats": [1, 30, 2.5, "many"],
    "wants_demo": [True, False, "true"],
    "contract_renewal_on": ["2024-11-21", "soon"],
    "unknown field": ["x", 7],
}
"""Fields that the sample's leads have, with values they could and could not hold."""


def times() -> SearchStrategy[str]:
    """Mostly about the instant at which the lead is looked at; now and then of another century."""
    near = st.integers(-600 * 86_400, 60 * 86_400).map(lambda s: datetime.fromtimestamp(AS_OF.timestamp() + s, UTC))
    written = near.map(lambda time: time.isoformat(timespec="milliseconds"))
    any_day = st.dates(FIRST_DAY, LAST_DAY).map(date.isoformat)
    return st.one_of(written, written, written, any_day)


def cells(table: str, name: str) -> SearchStrategy[Any]:
    """Values that a column may have."""
    column = SCHEMAS[table].columns[name]
    if choices := allowed_values(column):
        return st.sampled_from(choices)
    match column_kind(column):
        case "time":
            return times()
        case "number":
            limits = {key: value for check in column.checks for key, value in check.statistics.items()}
            return st.floats(limits.get("min_value", -1e9), limits.get("max_value", 1e12))
    return st.sampled_from(KNOWN.get(name, ["one", "another", "三つ目"]))


def rows(table: str, without: frozenset[str] = frozenset()) -> SearchStrategy[dict[str, Any]]:
    """Rows of a table with some of its columns, always with those that are required."""
    columns = [name for name in row_columns(table) if name not in without]
    required = {name: cells(table, name) for name in columns if SCHEMAS[table].columns[name].required}
    optional = {name: cells(table, name) for name in columns if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def closing(row: dict[str, Any], outcome: str, days: int) -> dict[str, Any]:
    """Give a row an outcome, as files could state it: what closes was created before, and has been decided."""
    if outcome not in ("won", "lost"):
        return {**row, "outcome": outcome}
    closed_at = datetime.fromisoformat(row["created_at"]) + timedelta(days)
    return {**row, "outcome": outcome, "closed_at": closed_at.isoformat()}


def closing_rows(table: str, without: frozenset[str] = frozenset()) -> SearchStrategy[dict[str, Any]]:
    """Rows of a table whose rows have an outcome."""
    outcomes = st.sampled_from(["won", "lost", "open"])
    return st.builds(closing, rows(table, without | {"outcome", "closed_at"}), outcomes, st.integers(0, 400))


def histories(table: str) -> SearchStrategy[list[dict[str, Any]]]:
    """Return any number of rows of a table, whose ids are their own."""
    if table != "deals":
        return st.lists(rows(table), max_size=MOST_ROWS)
    deals = st.lists(closing_rows(table), max_size=MOST_ROWS)
    return deals.map(lambda own: [{**deal, "deal_id": f"deal {place}"} for place, deal in enumerate(own)])


def requests() -> SearchStrategy[dict[str, Any]]:
    """Return requests that the service must answer."""
    custom = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in CUSTOM.items()})
    lead = st.builds(
        lambda row, more: {**row, **more, "lead_id": "L1"},
        closing_rows("leads", frozenset({"company_id", "email_domain_kind"})),
        custom,
    )
    company = rows("companies").map(lambda row: {**row, "company_id": "C1"})
    parts = {"company": company} | {table: histories(table) for table in HISTORIES}
    return st.fixed_dictionaries({"lead": lead, "as_of": st.just(AS_OF.isoformat())}, optional=parts)


def later_rows() -> SearchStrategy[dict[str, list[dict[str, Any]]]]:
    """Return rows that nobody knows of yet when the lead is looked at.

    None of ``field_history``: what a later change calls the old value is what the field held before.
    """
    seconds = st.sampled_from([0, 1, 86_400, 40_000_000])

    def at(table: str, row: dict[str, Any], later: int) -> dict[str, Any]:
        time = datetime.fromtimestamp(AS_OF.timestamp() + later, UTC).isoformat()
        own = {"deal_id": f"later deal {later}"} if table == "deals" else {}
        return {**row, **own, DATED_BY[table]: time}

    def some(table: str) -> SearchStrategy[list[dict[str, Any]]]:
        undecided = rows(table, frozenset({"closed_at", "outcome"}))
        return st.lists(st.builds(at, st.just(table), undecided, seconds), max_size=3, unique_by=str)

    return st.fixed_dictionaries({table: some(table) for table in DATED_BY})
