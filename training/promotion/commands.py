"""The commands about versions: ``promote``, ``rollback`` and ``models``."""

import getpass
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from features.wording import Language
from training.ending import console_on, told
from training.promotion.seat import Occasion, promote, roll_back
from training.promotion.telling import show_settled
from training.promotion.version_table import show_versions, version_rows
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import TrackingStore, open_store

_Reason = Annotated[str, typer.Option(envvar="REASON", help="Why, to be recorded with the decision.")]
_Language = Annotated[str, typer.Option(envvar="LANGUAGE", help="Of what is told: en or ja.")]
_MOST_CHARACTERS: Final = 1_000


def promote_command(
    version: Annotated[int, typer.Argument(help="The version that is to score leads.")],
    reason: _Reason = "",
    language: _Language = "en",
) -> None:
    """Make a version the champion."""
    with told(console_on(stderr=True)):
        settled = promote(_store(), version, reason[:_MOST_CHARACTERS], _occasion("promote"))
        show_settled(console_on(stderr=False), settled, _spoken(language))


def rollback_command(reason: _Reason = "", language: _Language = "en") -> None:
    """Return to the champion before the present one."""
    with told(console_on(stderr=True)):
        settled = roll_back(_store(), reason[:_MOST_CHARACTERS], _occasion("rollback"))
        show_settled(console_on(stderr=False), settled, _spoken(language))


def models_command(language: _Language = "en") -> None:
    """List the versions, with how good and how old they are, and what was decided on them."""
    with told(console_on(stderr=True)):
        rows = version_rows(_store(), _now_ms())
        show_versions(console_on(stderr=False), rows, _spoken(language))


def add_commands(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("promote")(promote_command)
    app.command("rollback")(rollback_command)
    app.command("models")(models_command)


def commanded(command: str) -> str:
    """Return who gave a command, as decisions record it: ``train (ann)``."""
    try:
        return f"{command} ({getpass.getuser()})"
    except (OSError, KeyError):  # a container may have no name for its user
        return command


def _store() -> TrackingStore:
    return open_store(StoreLocation.of(Path.cwd(), os.environ))


def _occasion(command: str) -> Occasion:
    return Occasion(_now_ms(), commanded(command))


def _now_ms() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)


def _spoken(language: str) -> Language:
    return "ja" if language.lower().startswith("ja") else "en"
