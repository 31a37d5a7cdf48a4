"""``python -m serving serve``."""

import os
from tempfile import TemporaryDirectory
from typing import Final

import typer
import uvicorn
from fastapi import FastAPI

from features.rules_file import RulesError
from serving.app import DRAIN_SECONDS, NoKeysError, create_app
from serving.keys import KeysError
from serving.logs import set_up_logs
from serving.metrics import SHARED_FOLDER
from serving.process import settle
from serving.settings import ServiceSettings, SettingsError, read_settings

EXIT_BAD_INPUT: Final = 2
_FACTORY: Final = "serving.serve_command:app_from_environment"


def serve_command() -> None:
    """Answer over HTTP; the variables LEADS_* say where and how."""
    try:
        settings = read_settings()
        app = _made(settings)
    except (SettingsError, NoKeysError, KeysError, RulesError) as error:
        typer.echo(f"error {error}", err=True)
        raise typer.Exit(EXIT_BAD_INPUT) from None
    if settings.workers == 1:
        _run(app, settings)
        return
    with TemporaryDirectory(prefix="leads-metrics-") as folder:
        os.environ.setdefault(SHARED_FOLDER, folder)
        _run(_FACTORY, settings)


def app_from_environment() -> FastAPI:
    """Return the application of one of several processes."""
    return _made(read_settings())


def _made(settings: ServiceSettings) -> FastAPI:
    app = create_app(settings, settle)
    set_up_logs(settings.log_level)
    return app


def _run(app: FastAPI | str, settings: ServiceSettings) -> None:
    uvicorn.run(
        app,
        factory=isinstance(app, str),
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(DRAIN_SECONDS),
    )
