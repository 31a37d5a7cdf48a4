"""The seven canonical tables: every declared column with its type, unit and rules, once.

Reading, did-you-mean, empty frames and the documentation of the import all derive from ``SCHEMAS``. A column whose
metadata says that it ``becomes`` another is taken in but never kept.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pyarrow.lib as pyarrow

from features.instant import MISSING_MS, from_ms

ColumnKind: TypeAlias = Literal["text", "number", "time"]

_TIME = pd.DatetimeTZDtype(unit="ms", tz="UTC")
_EARLIEST = pd.Timestamp("1900-01-01", tz="UTC")
_LATEST = pd.Timestamp("2200-01-01", tz="UTC")
_OUTCOMES = ("won", "lost", "open")
_STAGES = (
    *("inquiry", "mql", "tal", "tql", "sal", "sgl", "sql"),
    *("closed_won", "closed_lost", "recycled", "disqualified"),
)
_ROLES = (
    *("decision_maker", "budget_holder", "executive_sponsor", "champion"),
    *("influencer", "end_user", "blocker", "other"),
)


def _text(description: str, *, required: bool = False, unique: bool = False, becomes: str | None = None) -> pa.Column:
    metadata = {"becomes": becomes} if becomes else None
    nullable = not required
    return pa.Column(
        str, nullable=nullable, required=required, unique=unique, description=description, metadata=metadata
    )


def _choice(description: str, values: tuple[str, ...], *, required: bool = False) -> pa.Column:
    listed = ", ".join(values)
    check = pa.Check.isin(
        values,
        error=f"every value is one of {listed}",
        description="Map the value to one of these, or leave it blank where it is not known.",
    )
    return pa.Column(str, check, nullable=not required, required=required, description=description)


def _time(description: str, *, required: bool = False) -> pa.Column:
    check = pa.Check.in_range(
        _EARLIEST,
        _LATEST,
        include_max=False,
        error="every time lies between the years 1900 and 2200",
        description="Correct the century, and leave blank what stands for no date.",
    )
    return pa.Column(_TIME, check, nullable=not required, required=required, description=description)


def _number(description: str, unit: str, check: pa.Check | None = None) -> pa.Column:
    return pa.Column(float, check, nullable=True, required=False, description=description, metadata={"unit": unit})


def _within(low: float, high: float) -> pa.Check:
    remedy = "Correct the values, or leave them blank where they are not known."
    return pa.Check.in_range(low, high, error=f"every value lies between {low:g} and {high:g}", description=remedy)


def _at_least_zero() -> pa.Check:
    remedy = "Correct the values, or leave them blank where they are not known."
    return pa.Check.ge(0, error="every value is 0 or more", description=remedy)


def _schema(name: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, name=name)


_LEADS = _schema(
    "leads",
    {
        "lead_id": _text("the lead", required=True, unique=True),
        "created_at": _time("when the lead became known", required=True),
        "company_id": _text("the company that the lead works for"),
        "source": _text("where the lead came from"),
        "campaign": _text("the campaign that won the lead"),
        "job_title": _text("job title as the lead states it"),
        "seniority": _text("level in the organisation"),
        "department": _text("department in the organisation"),
        "country": _text("country of the lead"),
        "region": _text("region within the country"),
        "language": _text("language of the lead"),
        "email": _text("mail address, reduced to the kind of its domain", becomes="email_domain_kind"),
        "email_domain_kind": _choice(
            "kind of the mail address's domain", ("company", "free_mail", "disposable", "academic")
        ),
        "outcome": _choice("how it ended; open or blank while undecided", _OUTCOMES),
        "closed_at": _time("when it was won or lost"),
        "lost_reason": _text("why it was lost"),
    },
)
_COMPANIES = _schema(
    "companies",
    {
        "company_id": _text("the company", required=True, unique=True),
        "industry": _text("industry"),
        "employees": _number("employees", "people", _at_least_zero()),
        "annual_revenue": _number("revenue a year", "the company's currency", _at_least_zero()),
        "country": _text("country of the head office"),
        "founded_year": _number("when it was founded", "calendar year", _within(500, 2200)),
    },
)
_DEALS = _schema(
    "deals",
    {
        "deal_id": _text("the deal", required=True, unique=True),
        "lead_id": _text("the lead that it came from"),
        "company_id": _text("the company that buys"),
        "created_at": _time("when the deal was opened", required=True),
        "closed_at": _time("when it was won or lost"),
        "outcome": _choice("how it ended; open or blank while undecided", _OUTCOMES),
        "amount": _number("value of the deal", "the deal's currency", _at_least_zero()),
        "currency": _text("ISO 4217 code of the currency"),
        "product": _text("what is sold"),
        "lost_reason": _text("why it was lost"),
    },
)
_ACTIVITIES = _schema(
    "activities",
    {
        "lead_id": _text("the lead that acted", required=True),
        "type": _text("what happened", required=True),
        "occurred_at": _time("when it happened", required=True),
        "recorded_at": _time("when the CRM knew it; blank for at once"),
        "value": _number("size of the activity", "the type's own"),
        "agent": _text("who on our side took part"),
    },
)
_QUALIFICATIONS = _schema(
    "qualifications",
    {
        "lead_id": _text("the lead that answered", required=True),
        "answered_at": _time("when it answered", required=True),
        "budget_status": _choice("budget", ("none", "may_buy", "can_buy", "will_buy")),
        "budget_amount": _number("budget", "the company's currency", _at_least_zero()),
        "authority_role": _choice("role in the purchase", _ROLES),
        "purchase_process": _choice("who decides", ("individual", "committee")),
        "need": _choice("how badly it is needed", ("must", "should", "nice", "none")),
        "timeframe": _choice("when to buy", ("immediate", "this_quarter", "next_quarter", "this_year", "later")),
        "competition": _choice("competing offers", ("none_known", "identified", "incumbent")),
    },
)
_STAGE_HISTORY = _schema(
    "stage_history",
    {
        "lead_id": _text("the lead that moved", required=True),
        "stage": _choice("the stage that it entered", _STAGES, required=True),
        "entered_at": _time("when it entered", required=True),
        "reason": _text("why it moved"),
    },
)
_FIELD_HISTORY = _schema(
    "field_history",
    {
        "lead_id": _text("the lead whose field changed", required=True),
        "field": _text("the field", required=True),
        "changed_at": _time("when it changed", required=True),
        "old_value": _text("value before"),
        "new_value": _text("value after"),
    },
)

SCHEMAS: Final[Mapping[str, pa.DataFrameSchema]] = MappingProxyType(
    {
        str(schema.name): schema
        for schema in (_LEADS, _COMPANIES, _DEALS, _ACTIVITIES, _QUALIFICATIONS, _STAGE_HISTORY, _FIELD_HISTORY)
    }
)
"""The canonical tables by name, ``leads`` first."""

CUSTOM_FIELD_TABLES: Final = frozenset({"leads", "companies", "activities"})
"""Tables whose other columns are custom fields."""


def column_kind(column: pa.Column) -> ColumnKind:
    """Return how the column's cells are read."""
    dtype = str(column.dtype)
    if dtype.startswith("datetime64"):
        return "time"
    return "number" if dtype == "float64" else "text"


def allowed_values(column: pa.Column) -> tuple[str, ...]:
    """Return the values that an enumerated column may hold; empty where the column is not enumerated."""
    return tuple(value for check in column.checks for value in check.statistics.get("allowed_values", ()))


def kept_columns(table: str) -> dict[str, pa.Column]:
    """Return the declared columns that a validated frame of the table has, in their order."""
    return {name: column for name, column in SCHEMAS[table].columns.items() if becomes(column) is None}


def becomes(column: pa.Column) -> str | None:
    """Return the column that this one is reduced to at the door; None where it is kept."""
    return (column.metadata or {}).get("becomes")


def missing_column(column: pa.Column, rows: int) -> pd.Series:
    """Return a column of the declared type with nothing but missing values."""
    kind = column_kind(column)
    if kind == "time":
        return from_ms(np.full(rows, MISSING_MS, dtype=np.int64))
    if kind == "number":
        return pd.Series(np.full(rows, np.nan))
    text: pd.Series = pyarrow.nulls(rows, pyarrow.large_string()).to_pandas()
    return text.astype("str")


def empty_frame(table: str) -> pd.DataFrame:
    """Return a frame of the table without rows, with its declared columns."""
    return _empty_frame(table).copy()


@cache
def _empty_frame(table: str) -> pd.DataFrame:
    return pd.DataFrame({name: missing_column(column, 0) for name, column in kept_columns(table).items()})
