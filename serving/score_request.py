"""The body of ``POST /score``: the raw rows of one lead, under the names of the canonical tables."""

from functools import cache
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema, create_model
from pydantic import ValidationInfo as Info
from pydantic_core import PydanticCustomError

from features.instant import iso
from features.schema import SCHEMAS
from features.validation import CLOSED_AFTER_CREATED, DECIDED, OPEN_IS_NOT_CLOSED, Rule
from features.wording import LANGUAGES, Language
from serving.column_rule import column_rules
from serving.custom_fields import RowWithCustomFields
from serving.row_fields import INSTANT, field_of, no_choice

HISTORIES: Final = ("activities", "qualifications", "deals", "stage_history", "field_history")
"""The tables of which a lead has any number of rows."""

LONGEST_LEAD_ID: Final = 200
LEAD_ID_PATTERN: Final = r"^[^\x00-\x1f\x7f]*$"
CLOCK_SKEW_MS: Final = 5 * 60 * 1000
WHEN_AS_OF: Final = "1970 or later, and not later than now (five minutes are forgiven to clocks that differ)"
ROW_NAMES: Final = {
    "activities": "Activity",
    "qualifications": "Qualification",
    "deals": "Deal",
    "stage_history": "StageChange",
    "field_history": "FieldChange",
}
_ABOUT: Final = {
    "field_history": "changes of the lead's fields. A change dated at as_of or later is not known yet, but its "
    "old_value is: it says what the field held until then, and is taken in place of the lead's present value",
}

LeadId: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=LONGEST_LEAD_ID, pattern=LEAD_ID_PATTERN, description="the lead")
]


class Row(BaseModel):
    """A row of a history of the lead; it has the declared columns only."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


def _not_later_than_now(as_of_ms: int, info: Info) -> int:
    reading: Any = info.context
    if as_of_ms < 0:
        raise PydanticCustomError("as_of", "must be 1970 or later")
    if as_of_ms > reading.now_ms + CLOCK_SKEW_MS:
        now = iso(reading.now_ms)
        rule = f"must not lie in the future: it is {now} now, and nobody knows what a lead will have done; leave it out"
        raise PydanticCustomError("as_of", "{rule}", {"rule": rule})
    return as_of_ms


def _few_enough(rows: list[Row], info: Info) -> list[Row]:
    reading: Any = info.context
    if len(rows) > reading.max_rows:
        rule = f"must have at most {reading.max_rows:,} rows; send the latest ones"
        raise PydanticCustomError("too_many_rows", "{rule}", {"rule": rule})
    return rows


def _language(value: Any) -> Language:
    for language in LANGUAGES:
        if value == language:
            return language
    raise no_choice(LANGUAGES, value)


Spoken: TypeAlias = Annotated[
    Language, PlainValidator(_language), WithJsonSchema({"type": "string", "enum": list(LANGUAGES)})
]


def _closing(closed_ms: int | None, info: Info) -> int | None:
    """Hold the end of a lead or deal to what files of them are held to; the other columns are read before it."""
    if closed_ms is None:
        return None
    created_ms = info.data.get("created_at")
    if created_ms is not None and closed_ms < created_ms:
        raise _breach(CLOSED_AFTER_CREATED)
    if "outcome" in info.data and info.data["outcome"] not in DECIDED:
        raise _breach(OPEN_IS_NOT_CLOSED)
    return closed_ms


def _breach(rule: Rule) -> PydanticCustomError:
    return PydanticCustomError("closing", "{rule}", {"rule": f"{rule.requires}. {rule.remedy}"})


class ScoreRequest(BaseModel):
    """One lead, what is known of it, and the instant at which it is looked at."""

    model_config = ConfigDict(extra="forbid", strict=True)

    lead: RowWithCustomFields
    company: RowWithCustomFields | None = None
    activities: list[Row] | None = None
    qualifications: list[Row] | None = None
    deals: list[Row] | None = None
    stage_history: list[Row] | None = None
    field_history: list[Row] | None = None
    as_of: Annotated[INSTANT, AfterValidator(_not_later_than_now)] | None = Field(
        None, description="what is dated there or later is not known; now, if left out"
    )
    language: Spoken | None = Field(None, description="of the sentences; else as Accept-Language says")


@cache
def score_request_model() -> type[ScoreRequest]:
    """Return the model that knows the columns of every table; made once, from ``features.schema``."""
    lead = create_model("Lead", __base__=RowWithCustomFields, **_fields("leads"))
    company = create_model("Company", __base__=RowWithCustomFields, **_fields("companies"))
    tables: dict[str, Any] = {"lead": (lead, ...), "company": (company | None, None)}
    tables |= {name: _history(name) for name in HISTORIES}
    return create_model("ScoreRequest", __base__=ScoreRequest, **tables)


def row_columns(table: str) -> tuple[str, ...]:
    """Return the columns that a request may state of a table."""
    return tuple(column_rules(table))


def _fields(table: str) -> dict[str, Any]:
    columns = SCHEMAS[table].columns
    fields = {name: field_of(columns[name], rule) for name, rule in column_rules(table).items()}
    if "closed_at" in fields:
        kind, about = fields.pop("closed_at")
        fields["closed_at"] = Annotated[kind, AfterValidator(_closing)], about
    return fields | ({"lead_id": (LeadId, ...)} if table == "leads" else {})


def _history(table: str) -> tuple[Any, Any]:
    row = create_model(ROW_NAMES[table], __base__=Row, **_fields(table))
    kind: Any = Annotated[list.__class_getitem__(row), AfterValidator(_few_enough)] | None
    return kind, Field(None, description=_ABOUT.get(table))
