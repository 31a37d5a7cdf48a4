"""The parts of a running service, and how a handler gets at them."""

from dataclasses import dataclass, field
from threading import Event
from typing import Annotated, TypeAlias, cast
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from serving.champion_holder import ChampionHolder
from serving.history import History
from serving.key_ring import KeyRing
from serving.metrics import Metrics
from serving.monitoring.latest_figures import LatestFigures
from serving.outcome_store import OutcomeStore
from serving.rate_limit import RateLimit
from serving.settings import ServiceSettings
from serving.shadow import Shadow


@dataclass(frozen=True)
class Service:
    """The parts of one application; ``ending`` is set once it was told to stop."""

    settings: ServiceSettings
    zone: ZoneInfo
    champion: ChampionHolder
    history: History
    outcomes: OutcomeStore
    keys: KeyRing
    metrics: Metrics
    figures: LatestFigures
    rate_limit: RateLimit
    shadow: Shadow | None = None
    ending: Event = field(default_factory=Event)

    @property
    def asks_for_keys(self) -> bool:
        """Whether callers must hold a key: all must, save of a service without keys that only this machine reaches."""
        return bool(self.keys) or not self.settings.is_loopback

    def measure(self) -> None:
        """State in the metrics what waits, and what is away; of this process, so each does it every now and then."""
        source = None if self.champion.current is None else self.champion.current.source
        self.metrics.history_waits(len(self.history), self.history.spool_bytes)
        self.metrics.depends(
            is_from_cache=source == "cache",
            is_registry_away=self.settings.method == "model" and self.champion.is_registry_away,
            is_database_away=self.history.is_away,
        )


def service_of(request: Request) -> Service:
    """Return the parts of the application that was asked."""
    return cast(Service, request.app.state.service)


async def _service(request: Request) -> Service:
    return service_of(request)


ServiceDep: TypeAlias = Annotated[Service, Depends(_service)]
