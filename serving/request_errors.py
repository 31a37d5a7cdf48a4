"""What is wrong with a request, in words, without repeating what it says about people."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from pydantic import ValidationError
from pydantic_core import to_json

from features.schema import SCHEMAS, column_kind
from features.validation import nearest
from serving.problems import FieldError
from serving.score_request import HISTORIES, ScoreRequest, row_columns

Location: TypeAlias = tuple[str | int, ...]

MOST_LISTED: Final = 100
_LONGEST_SHOWN: Final = 40
_LONGEST_NAME: Final = 100
_TIMES: Final = {("as_of",), ("closed_at",)}
_OF_A_TIME: Final = re.compile(r"[0-9TZ:+\-./ ]{1,40}", re.ASCII)
_TABLES: Final = {"lead": "leads", "company": "companies"} | {name: name for name in HISTORIES}

_MESSAGES: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "missing": lambda _: "is required",
    "string_type": lambda _: "must be text",
    "string_too_short": lambda _: "must not be blank",
    "string_too_long": lambda limits: f"must have at most {limits['max_length']:,} characters",
    "string_pattern_mismatch": lambda _: "must not have control characters",
    "float_type": lambda _: "must be a number",
    "finite_number": lambda _: "must be a finite number",
    "greater_than_equal": lambda limits: f"must be {limits['ge']:g} or more",
    "less_than_equal": lambda limits: f"must be {limits['le']:g} or less",
    "list_type": lambda _: "must be a list",
    "model_type": lambda _: "must be an object",
    "model_attributes_type": lambda _: "must be an object",
}
_OURS: Final = frozenset({"choice", "instant", "as_of", "custom", "too_many_rows", "closing"})


def field_errors(
    error: ValidationError, root: Location = ("body",), known: tuple[str, ...] = tuple(ScoreRequest.model_fields)
) -> tuple[list[FieldError], int]:
    """Return the errors of a request that are listed, and how many there are.

    Parameters
    ----------
    error : pydantic.ValidationError
        Of ``ScoreRequest``, or of another body.
    root : tuple of str or int
        Where the request stands: ``("body",)``, or a place of a batch.
    known : tuple of str
        The members that the body may have.
    """
    faults = error.errors(include_url=False)[:MOST_LISTED]
    told = [
        FieldError((*root, *map(_name, fault["loc"])), _message(fault, known), _found(fault, tuple(fault["loc"])))
        for fault in faults
    ]
    return told, error.error_count()


def kind_of(value: object) -> str:
    """Tell what a value of JSON is, not what it says."""
    if value is None or isinstance(value, bool):
        return str(to_json(value), "ascii")
    if isinstance(value, str):
        return f"text of {len(value):,} characters"
    if isinstance(value, list):
        return f"a list of {len(value):,}"
    return f"an object with {len(value):,} fields" if isinstance(value, dict) else "a number"


def _message(fault: Mapping[str, Any], members: tuple[str, ...]) -> str:
    kind = fault["type"]
    if kind in _OURS:
        return str(fault["msg"])
    if kind == "extra_forbidden":
        return _unknown(tuple(fault["loc"]), members)
    return _MESSAGES[kind](fault.get("ctx", {})) if kind in _MESSAGES else "is not as the contract says"


def _unknown(location: Location, members: tuple[str, ...]) -> str:
    *above, name = location
    known = row_columns(_TABLES[str(above[0])]) if above else members
    if name == "lead_id":
        return "is not needed here: these are the rows of the one lead; leave it out"
    near = nearest(str(name)[:_LONGEST_NAME], known)
    return "is not known here; " + (f"did you mean {near}?" if near else f"there are {', '.join(known)}")


def _found(fault: Mapping[str, Any], location: Location) -> str:
    value = fault["input"]
    if fault["type"] == "missing":
        return "nothing"
    column = _column(location)
    if isinstance(value, int | float) and not isinstance(value, bool) and column == "number":
        return repr(value)[:_LONGEST_SHOWN]
    if not isinstance(value, str):
        return kind_of(value)
    is_near = fault.get("ctx", {}).get("near") is not None
    if is_near or (column == "time" and _OF_A_TIME.fullmatch(value)):
        return value[:_LONGEST_SHOWN]
    return kind_of(value)


def _column(location: Location) -> str | None:
    """Return whether a place holds a declared time, number or text; None where it is not a declared column."""
    if location in _TIMES:
        return "time"
    table = _TABLES.get(str(location[0])) if location else None
    column = None if table is None else SCHEMAS[table].columns.get(location[-1])
    return None if column is None else column_kind(column)


def _name(part: str | int) -> str | int:
    """Return a part of a location; what callers name their fields is repeated in part, and no address is."""
    if isinstance(part, int):
        return part
    return "(an address)" if "@" in part else part[:_LONGEST_NAME]
