"""The application, made from its settings."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from models.registry_names import CHALLENGER, CHAMPION
from serving.champion_holder import ChampionHolder
from serving.company_rules import rules_champion, scorer_maker
from serving.concurrency import ConcurrencyMiddleware
from serving.database import database_mark
from serving.description import DescribedApp
from serving.direct_route import DirectRoutesMiddleware
from serving.endpoints import ROUTERS
from serving.endpoints.scoring import router as scoring_router
from serving.exchange import ExchangeMiddleware
from serving.first_score import score_example
from serving.follower import Follower
from serving.history import History
from serving.history_delivery import Deliverer
from serving.history_store import HistoryStore
from serving.key_ring import KeyRing
from serving.metrics import Metrics
from serving.model_cache import ModelCache
from serving.monitoring.latest_figures import LatestFigures
from serving.outcome_store import OutcomeStore
from serving.problems import add_problem_handlers
from serving.process import give_notice
from serving.rate_limit import RateLimit
from serving.registry_door import RegistryDoor
from serving.service import Service
from serving.settings import ServiceSettings
from serving.shadow import Shadow
from serving.spool import Spool

FIRST_ROUND_SECONDS: Final = 15.0
"""How long a start waits for the registry: a service that has a model is ready with its first answer."""

KEPT_AFTER_SECONDS: Final = 3.0
"""How long a start waits for it where a version is kept that can serve in the meantime."""

DRAIN_SECONDS: Final = 10.0
_VERSION: Final = "0.1.0"
_NO_TELEMETRY: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False}
"""``/metrics`` and the log tell of requests; the framework would ask the environment about each of them."""

log = structlog.get_logger(__name__)


class NoKeysError(Exception):
    """The service would listen beyond this machine, and nobody has a key."""


def create_app(
    settings: ServiceSettings, on_start: Callable[[], None] = lambda: None, delivery: Deliverer | None = None
) -> FastAPI:
    """Return the application; nothing is opened before it starts.

    Parameters
    ----------
    settings : ServiceSettings
        One deployment.
    on_start : callable, optional
        Called once the application can answer, if there is a model.
    delivery : Deliverer, optional
        Takes the history to the database; else a thread of this process does, beside the answers.

    Raises
    ------
    features.rules_file.RulesError
        Where a file of rules has mistakes.
    NoKeysError
        Where it is to listen beyond loopback, and there are no keys.
    KeysError
        Where the file of keys is damaged.
    """
    service = _service(settings, delivery)
    app = DescribedApp(
        service,
        title="Lead scoring",
        version=_VERSION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        telemetry=_NO_TELEMETRY,
    )
    app.state.service = service
    app.state.on_start = on_start
    for router in ROUTERS:
        app.include_router(router)
    add_problem_handlers(app)
    app.middleware_stack = _surrounded(app.build_middleware_stack(), service)
    return app


def _surrounded(app: ASGIApp, service: Service) -> ASGIApp:
    """Put our own layers around those of the framework, which a short way need not lead through."""
    direct = DirectRoutesMiddleware(app, scoring_router.routes)
    limited = ConcurrencyMiddleware(direct, service.settings.max_concurrent, service.metrics)
    return ExchangeMiddleware(limited, service.metrics, service.ending)


def _service(settings: ServiceSettings, delivery: Deliverer | None) -> Service:
    keys = KeyRing(settings.keys_file)
    if not keys and not settings.is_loopback:
        raise NoKeysError(
            f"LEADS_HOST={settings.host} can be reached from elsewhere, and {settings.keys_file} holds no key. "
            "Make one with: python -m serving key --name NAME --scope score"
        )
    metrics = Metrics()
    registry = RegistryDoor(settings.tracking_uri, Path.cwd())
    make_scorer = scorer_maker(settings)
    champion = ChampionHolder(registry, make_scorer, score_example, cache=ModelCache(settings.model_cache, CHAMPION))
    champion.on_change = lambda changed: metrics.serves(changed.version)
    if settings.method == "rules":
        champion.current = rules_champion(settings)
    spool_folder = settings.spool_folder / database_mark(settings.database_url)
    spool = Spool(spool_folder, settings.spool_bytes) if settings.spool_bytes else None
    store = HistoryStore(settings.database_url)
    history = History(store, settings.history_capacity, metrics.history_dropped, spool, delivery)
    outcomes = OutcomeStore(settings.database_url)
    figures = LatestFigures(settings.database_url)
    challenger = ChampionHolder(registry, make_scorer, score_example, CHALLENGER)
    is_shadowed = settings.shadow and settings.method == "model"
    shadow = Shadow(challenger, champion, history.put, metrics.shadow_dropped) if is_shadowed else None
    return Service(
        settings=settings,
        zone=ZoneInfo(settings.time_zone),
        champion=champion,
        history=history,
        outcomes=outcomes,
        keys=keys,
        metrics=metrics,
        figures=figures,
        rate_limit=RateLimit(settings.requests_per_minute),
        shadow=shadow,
    )


def _begin(champion: ChampionHolder, follower: Follower) -> None:
    """Wait until there is a champion, but not for a registry that is away."""
    follower.start(KEPT_AFTER_SECONDS)
    champion.serve_kept()
    if champion.current is None:
        follower.wait(FIRST_ROUND_SECONDS - KEPT_AFTER_SECONDS)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Follow the champion and the keys, and write the history, for as long as the application runs."""
    service: Service = app.state.service
    jobs = [service.keys.refresh, service.measure]
    if service.settings.method == "model":
        jobs.append(service.champion.refresh)
    if service.shadow is not None:
        jobs.append(service.shadow.challenger.refresh)
        service.shadow.start()
    follower = Follower(jobs, service.settings.poll_seconds)
    service.history.start()
    await run_in_threadpool(_begin, service.champion, follower)
    app.state.on_start()
    give_notice(service.ending.set, service.settings.notice_seconds)
    log.info("started", is_ready=service.champion.current is not None)
    try:
        yield
    finally:
        follower.close()
        if service.shadow is not None:
            await run_in_threadpool(service.shadow.close, DRAIN_SECONDS)
        await run_in_threadpool(service.history.close, DRAIN_SECONDS)
        service.outcomes.close()
        service.figures.close()
        log.info("stopped")
