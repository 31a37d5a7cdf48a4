"""The parts of a running service, and how a handler gets at them."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias, cast
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from serving.champion import ChampionHolder
from serving.history import History
from serving.key_ring import KeyRing
from serving.metrics import Metrics
from serving.monitoring.latest_figures import LatestFigures
from serving.outcome_store import OutcomeStore
from serving.settings import ServiceSettings
from serving.shadow import Shadow


@dataclass(frozen=True)
class Service:
    """The parts of one application."""

    settings: ServiceSettings
    zone: ZoneInfo
    champion: ChampionHolder
    history: History
    outcomes: OutcomeStore
    keys: KeyRing
    metrics: Metrics
    figures: LatestFigures
    shadow: Shadow | None = None

    @property
    def asks_for_keys(self) -> bool:
        """Whether callers must hold a key: all must, save of a service without keys that only this machine reaches."""
        return bool(self.keys) or not self.settings.is_loopback


def service_of(request: Request) -> Service:
    """Return the parts of the application that was asked."""
    return cast(Service, request.app.state.service)


async def _service(request: Request) -> Service:
    return service_of(request)


ServiceDep: TypeAlias = Annotated[Service, Depends(_service)]
