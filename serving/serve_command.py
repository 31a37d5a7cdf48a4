"""``python -m serving serve``."""

import os
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Final

import typer
import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from features.rules_file import RulesError
from serving.app import DRAIN_SECONDS, NoKeysError, create_app
from serving.delivery_process import DeliveryProcess
from serving.keys import KeysError
from serving.logs import set_up_logs
from serving.process import end_well, end_with_parent, settle
from serving.settings import ServiceSettings, SettingsError, read_settings
from serving.shared_metrics import SHARED_FOLDER
from serving.shared_port import shared_port

EXIT_BAD_INPUT: Final = 2
_FACTORY: Final = "serving.serve_command:app_from_environment"
_CONNECTION: Final = "serving.http_connection:HttpConnection"
"""By name: a worker that imported it before it can say that it lives would be taken for hung."""

_HUNG_SECONDS: Final = 15


def serve_command() -> None:
    """Answer over HTTP; the variables LEADS_* say where and how."""
    try:
        settings = read_settings()
        app = _made(settings)
    except (SettingsError, NoKeysError, KeysError, RulesError) as error:
        typer.echo(f"error {error}", err=True)
        raise typer.Exit(EXIT_BAD_INPUT) from None
    end_well()
    if settings.workers == 1:
        _serve(app, settings)
        return
    with TemporaryDirectory(prefix="leads-metrics-") as folder:
        os.environ.setdefault(SHARED_FOLDER, folder)
        _serve_in_processes(settings)


def app_from_environment() -> FastAPI:
    """Return the application of one of several processes."""
    end_with_parent()
    return _made(read_settings())


def _made(settings: ServiceSettings) -> FastAPI:
    app = create_app(settings, settle, DeliveryProcess(settings.database_url, settings.log_level))
    set_up_logs(settings.log_level)
    return app


def _serve(app: FastAPI, settings: ServiceSettings) -> None:
    server = uvicorn.Server(_config(app, settings))
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise typer.Exit(STARTUP_FAILURE)


def _serve_in_processes(settings: ServiceSettings) -> None:
    """Answer in several processes, each with a listener of its own on the port."""
    try:
        port = shared_port(settings.host, settings.port)
    except OSError as error:
        typer.echo(f"error {settings.host}:{settings.port} cannot be listened on: {error.strerror}", err=True)
        raise typer.Exit(EXIT_BAD_INPUT) from None
    Multiprocess(_config(_FACTORY, settings), sockets=[port]).run()


def _config(app: FastAPI | str, settings: ServiceSettings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http=_CONNECTION,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=int(DRAIN_SECONDS),
        timeout_worker_healthcheck=_HUNG_SECONDS,
    )
