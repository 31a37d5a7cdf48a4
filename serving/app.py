"""The application, made from its settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from serving.champion import ChampionHolder
from serving.company_rules import rules_champion, scorer_maker
from serving.description import DescribedApp
from serving.endpoints import ROUTERS
from serving.exchange import ExchangeMiddleware
from serving.first_score import score_example
from serving.follower import Follower
from serving.history import History
from serving.history_store import HistoryStore
from serving.key_ring import KeyRing
from serving.metrics import Metrics
from serving.problems import add_problem_handlers
from serving.registry_door import RegistryDoor
from serving.service import Service
from serving.settings import ServiceSettings

FIRST_ROUND_SECONDS: Final = 15.0
"""How long a start waits for the registry: a service that has a model is ready with its first answer."""

DRAIN_SECONDS: Final = 10.0
_VERSION: Final = "0.1.0"
log = structlog.get_logger(__name__)


class NoKeysError(Exception):
    """The service would listen beyond this machine, and nobody has a key."""


def create_app(settings: ServiceSettings) -> FastAPI:
    """Return the application; nothing is opened before it starts.

    Parameters
    ----------
    settings : ServiceSettings
        One deployment.

    Raises
    ------
    features.rules_file.RulesError
        Where a file of rules has mistakes.
    NoKeysError
        Where it is to listen beyond loopback, and there are no keys.
    KeysError
        Where the file of keys is damaged.
    """
    service = _service(settings)
    app = DescribedApp(
        settings, title="Lead scoring", version="0.1.0", lifespan=_lifespan, docs_url=None, redoc_url=None
    )
    app.state.service = service
    for router in ROUTERS:
        app.include_router(router)
    add_problem_handlers(app)
    app.add_middleware(ExchangeMiddleware, metrics=service.metrics)
    return app


def _service(settings: ServiceSettings) -> Service:
    keys = KeyRing(settings.keys_file)
    if not keys and not settings.is_loopback:
        raise NoKeysError(
            f"LEADS_HOST={settings.host} can be reached from elsewhere, and {settings.keys_file} holds no key. "
            "Make one with: python -m serving key --name NAME --scope score"
        )
    metrics = Metrics()
    registry = RegistryDoor(settings.tracking_uri, Path.cwd())
    champion = ChampionHolder(registry, scorer_maker(settings), score_example)
    champion.on_change = lambda changed: metrics.serves(changed.version)
    if settings.method == "rules":
        champion.current = rules_champion(settings)
    history = History(HistoryStore(settings.database_url), settings.history_capacity, metrics.history_dropped)
    return Service(settings, ZoneInfo(settings.time_zone), champion, history, keys, metrics)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Follow the champion and the keys, and write the history, for as long as the application runs."""
    service: Service = app.state.service
    jobs = [service.keys.refresh]
    if service.settings.method == "model":
        jobs.append(service.champion.refresh)
    follower = Follower(jobs, service.settings.poll_seconds)
    service.history.start()
    await run_in_threadpool(follower.start, FIRST_ROUND_SECONDS)
    log.info("started", is_ready=service.champion.current is not None)
    try:
        yield
    finally:
        follower.close()
        await run_in_threadpool(service.history.close, DRAIN_SECONDS)
        log.info("stopped")
