"""The settings of the service as a table for people."""

from typing import Final

import typer
from pydantic.fields import FieldInfo

from serving.settings import PREFIX, ServiceSettings

_HEAD: Final = """# Settings of the service

Each is an environment variable. `python -m serving settings` prints this table.

| variable | default | meaning |
| --- | --- | --- |
"""


def settings_table() -> str:
    """Return every setting with its variable, its default and what it means, in Markdown."""
    return _HEAD + "".join(_row(name, field) for name, field in ServiceSettings.model_fields.items())


def settings_command() -> None:
    """Print every setting of the service."""
    typer.echo(settings_table(), nl=False)


def _row(name: str, field: FieldInfo) -> str:
    variable = field.validation_alias or f"{PREFIX}{name.upper()}"
    default = "" if field.default in {None, ""} else f"`{field.default}`"
    return f"| `{variable}` | {default} | {field.description} |\n"
