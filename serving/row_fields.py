"""The declared columns of the canonical tables as fields of a request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from pandera.pandas import Column
from pydantic import AfterValidator, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from features.schema import allowed_values, becomes, column_kind
from features.validation import nearest
from serving.instant import NoInstantError, read_instant
from serving.mail_address import kind_of_address

LONGEST_TEXT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Reading:
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


def field_of(column: Column, *, required: bool | None = None) -> tuple[Any, Any]:
    """Return the type and the default of the field for a declared column, as ``pydantic.create_model`` takes them."""
    is_required = bool(column.required) if required is None else required
    kind = _type_of(column, is_required=is_required)
    unit = (column.metadata or {}).get("unit")
    description = f"{column.description}, in {unit}" if unit else str(column.description)
    if is_required:
        return kind, Field(..., description=description)
    return kind | None, Field(None, description=description)


def _type_of(column: Column, *, is_required: bool) -> Any:
    if becomes(column) is not None:
        return Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(kind_of_address)]
    if choices := allowed_values(column):
        return _choice(choices, is_required=is_required)
    match column_kind(column):
        case "time":
            return INSTANT
        case "number":
            return Annotated[float, _limits(column)]
        case "text" if is_required:
            return Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    return Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_none_if_blank)]


def _limits(column: Column) -> Any:
    limits = {name: value for check in column.checks for name, value in check.statistics.items()}
    return Field(ge=limits.get("min_value"), le=limits.get("max_value"), allow_inf_nan=False)


def _none_if_blank(text: str) -> str | None:
    return text or None


def _choice(choices: tuple[str, ...], *, is_required: bool) -> Any:
    return Annotated[
        str | None,
        PlainValidator(_chooser(choices, is_required=is_required)),
        WithJsonSchema({"type": "string", "enum": list(choices)}),
    ]


def _chooser(choices: tuple[str, ...], *, is_required: bool) -> Callable[[Any], str | None]:
    known: dict[str, str | None] = {choice: choice for choice in choices}
    if not is_required:
        known[""] = None

    def choose(value: Any) -> str | None:
        if isinstance(value, str):
            choice = value.strip().lower()
            if choice in known:
                return known[choice]
        raise no_choice(choices, value)

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
