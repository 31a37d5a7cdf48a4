"""``python -m serving key``."""

from typing import Annotated

import typer

from serving.keys import SCOPES, KeysError, make_key
from serving.serve_command import EXIT_BAD_INPUT
from serving.settings import SettingsError, read_settings


def key_command(
    name: Annotated[str, typer.Option(help="Who holds it, such as crm; stands in the log.")],
    scope: Annotated[list[str], typer.Option(help=f"What it opens: {', '.join(SCOPES)}; may be given several times.")],
) -> None:
    """Make a key, print it once, and keep nothing but its hash. To revoke it, delete its line in the file of keys."""
    wrong = sorted(set(scope) - set(SCOPES))
    if wrong:
        raise typer.BadParameter(f"scope {wrong[0]!r} is not known; there are {', '.join(SCOPES)}")
    scopes = [known for known in SCOPES if known in scope]
    try:
        file = read_settings().keys_file
        key = make_key(file, name, scopes)
    except (SettingsError, KeysError, OSError) as error:
        typer.echo(f"error {error}", err=True)
        raise typer.Exit(EXIT_BAD_INPUT) from None
    typer.echo(key)
    typer.echo(f"Kept as a hash in {file}; this is the only time the key is shown.", err=True)
