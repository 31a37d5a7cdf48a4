"""Fields of a lead or a company that only the caller's CRM has."""

from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, JsonValue, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from features.validation import text_of

MOST_FIELDS: Final = 200
LONGEST_NAME: Final = 100
LONGEST_VALUE: Final = 2_000
LARGEST: Final = 2**63
_JSON_SCHEMA: Final = {
    "type": ["string", "number", "boolean", "null"],
    "maxLength": LONGEST_VALUE,
    "exclusiveMinimum": -LARGEST,
    "exclusiveMaximum": LARGEST,
}
_NAMES: Final[dict[str, JsonValue]] = {
    "propertyNames": {"minLength": 1, "maxLength": LONGEST_NAME, "pattern": r"\S"},
}


def _custom_value(value: Any) -> str | None:
    """Return a value as the text that the tables hold of it; blank is missing."""
    if value is None:
        return None
    if isinstance(value, str):
        if len(value) > LONGEST_VALUE:
            raise PydanticCustomError("custom", "{rule}", {"rule": f"must have at most {LONGEST_VALUE:,} characters"})
        return value if value.strip() else None
    if isinstance(value, bool | int | float) and abs(value) < LARGEST:  # which NaN is not
        return text_of(value)
    raise PydanticCustomError("custom", "a custom field must be text, a number, true, false or null")


class RowWithCustomFields(BaseModel):
    """The declared columns of a table, and any other column as a custom field."""

    model_config = ConfigDict(extra="allow", strict=True, str_strip_whitespace=True, json_schema_extra=_NAMES)
    __pydantic_extra__: dict[str, Annotated[Any, PlainValidator(_custom_value), WithJsonSchema(_JSON_SCHEMA)]]

    @property
    def custom(self) -> dict[str, str | None]:
        """The custom fields, as text."""
        return self.__pydantic_extra__

    @model_validator(mode="after")
    def _names_are_names(self) -> Self:
        if len(self.custom) > MOST_FIELDS:
            rule = f"must have at most {MOST_FIELDS} custom fields, found {len(self.custom):,}"
            raise PydanticCustomError("custom", "{rule}", {"rule": rule})
        declared = type(self).model_fields
        for name in self.custom:
            _check_name(name, declared)
        return self


def _check_name(name: str, declared: Any) -> None:
    plain = name.strip().lower()
    if plain in declared:
        raise PydanticCustomError(
            "custom", "{rule}", {"rule": f"write {plain} in lower case, without spaces around it"}
        )
    if not plain or len(name) > LONGEST_NAME:
        rule = f"a custom field must have a name of 1 to {LONGEST_NAME} characters"
        raise PydanticCustomError("custom", "{rule}", {"rule": rule})
