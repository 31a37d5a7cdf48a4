"""``python -m serving key`` and ``keys``."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

import typer

from features.instant import MS_PER_DAY, iso
from serving.key_file import make_key, revoke_keys, rotate_key
from serving.keys import SCOPES, ApiKey, KeysError, Scope, read_keys
from serving.serve_command import EXIT_BAD_INPUT
from serving.settings import SettingsError, read_settings

_LONGEST_DAYS: Final = 3_650
_COLUMNS: Final = ("name", "scopes", "created", "expires")


def key_command(
    name: Annotated[str, typer.Option(help="Who holds it, such as crm; stands in the log.")],
    scope: Annotated[
        list[str] | None, typer.Option(help=f"What it opens: {', '.join(SCOPES)}; may be given several times.")
    ] = None,
    *,
    rotate: Annotated[bool, typer.Option("--rotate", help="Make the name a second key; the old one expires.")] = False,
    old_valid_days: Annotated[
        float, typer.Option(min=0, max=_LONGEST_DAYS, help="How long the old one stays good; 0 ends it at once.")
    ] = 7.0,
) -> None:
    """Make a key, print it once, and keep nothing but its hash."""
    scopes = _scopes(scope or [])
    if not scopes and not rotate:
        raise typer.BadParameter(f"say what the key opens with --scope; there are {', '.join(SCOPES)}")
    with _told():
        file, now_ms = read_settings().keys_file, _now_ms()
        if rotate:
            key = rotate_key(file, name, now_ms, round(old_valid_days * MS_PER_DAY), scopes)
        else:
            key = make_key(file, name, scopes, now_ms)
        typer.echo(key)
        typer.echo(f"Kept as a hash in {file}; this is the only time the key is shown.", err=True)


def keys_command(
    revoke: Annotated[str, typer.Option(help="Remove every key of this name; counts within seconds.")] = "",
) -> None:
    """List who holds keys, what they open, and until when."""
    with _told():
        file = read_settings().keys_file
        if revoke:
            others = revoke_keys(file, revoke)
            warning = "" if others else " No key is left: on this machine a service asks for none now."
            typer.echo(f"Every key of {revoke} is revoked.{warning}", err=True)
            return
        now_ms = _now_ms()
        rows = [_COLUMNS, *(_row(key, now_ms) for key in read_keys(file))]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _scopes(asked: list[str]) -> list[Scope]:
    wrong = sorted(set(asked) - set(SCOPES))
    if wrong:
        raise typer.BadParameter(f"scope {wrong[0]!r} is not known; there are {', '.join(SCOPES)}")
    return [known for known in SCOPES if known in asked]


def _row(key: ApiKey, now_ms: int) -> tuple[str, ...]:
    created = "-" if key.created_ms is None else iso(key.created_ms)
    expires = "-" if key.expires_ms is None else iso(key.expires_ms)
    return key.name, ",".join(sorted(key.scopes)), created, expires if key.is_good(now_ms) else f"{expires} (expired)"


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (SettingsError, KeysError, OSError) as error:
        typer.echo(f"error {error}", err=True)
        raise typer.Exit(EXIT_BAD_INPUT) from None


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
