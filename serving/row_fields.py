"""The declared columns of the canonical tables as fields of a request."""

from collections.abc import Callable
from typing import Annotated, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from pandera.pandas import Column
from pydantic import AfterValidator, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from features.validation import nearest
from serving.column_rule import LONGEST_TEXT, ColumnRule
from serving.instant import NoInstantError, read_instant
from serving.mail_address import kind_of_address


class Reading(NamedTuple):
    """How a request is read: what pydantic calls its context.

    Attributes
    ----------
    zone : zoneinfo.ZoneInfo
        Of times without an offset.
    now_ms : int
        When the request came, in milliseconds since the epoch.
    max_rows : int
        How many rows each history of a lead may have.
    """

    zone: ZoneInfo
    now_ms: int
    max_rows: int


def field_of(column: Column, rule: ColumnRule) -> tuple[Any, Any]:
    """Return the type and the default of the field for a declared column, as ``pydantic.create_model`` takes them."""
    unit = (column.metadata or {}).get("unit")
    description = f"{column.description}, in {unit}" if unit else str(column.description)
    if rule.is_required:
        return _type_of(rule), Field(..., description=description)
    return _type_of(rule) | None, Field(None, description=description)


def _type_of(rule: ColumnRule) -> Any:
    match rule.kind:
        case "address":
            return Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(kind_of_address)]
        case "choice":
            return _choice(rule)
        case "time":
            return INSTANT
        case "number":
            return Annotated[float, Field(ge=rule.lowest, le=rule.highest, allow_inf_nan=False)]
        case "text" if rule.is_required:
            return Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    return Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_none_if_blank)]


def _none_if_blank(text: str) -> str | None:
    return text or None


def _choice(rule: ColumnRule) -> Any:
    return Annotated[
        str | None,
        PlainValidator(_chooser(rule)),
        WithJsonSchema({"type": "string", "enum": list(rule.choices)}),
    ]


def _chooser(rule: ColumnRule) -> Callable[[Any], str | None]:
    known = rule.meanings

    def choose(value: Any) -> str | None:
        if isinstance(value, str):
            choice = value.strip().lower()
            if choice in known:
                return known[choice]
        raise no_choice(rule.choices, value)

    return choose


def no_choice(choices: tuple[str, ...], value: object) -> PydanticCustomError:
    """Return the error of a value that is none of a list; only one that is nearly right is repeated in it."""
    near = nearest(value, choices) if isinstance(value, str) and len(value) <= LONGEST_TEXT else None
    hint = "" if near is None else f"; did you mean {near}?"
    return PydanticCustomError("choice", "{rule}", {"rule": f"must be one of {', '.join(choices)}{hint}", "near": near})


def _instant(value: Any, info: ValidationInfo) -> int:
    if not isinstance(value, str):
        raise PydanticCustomError("instant", "must be a time in ISO 8601, as text")
    reading: Any = info.context
    try:
        return read_instant(value.strip(), reading.zone)
    except NoInstantError as error:
        raise PydanticCustomError("instant", "{rule}", {"rule": str(error)}) from None


INSTANT: Final[Any] = Annotated[
    int, PlainValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""Milliseconds since the epoch, read from ISO 8601."""
