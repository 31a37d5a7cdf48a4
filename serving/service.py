"""The parts of a running service, and how a handler gets at them."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias, cast
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from serving.champion import ChampionHolder
from serving.history import History
from serving.key_ring import KeyRing
from serving.metrics import Metrics
from serving.settings import ServiceSettings


@dataclass(frozen=True)
class Service:
    """The parts of one application."""

    settings: ServiceSettings
    zone: ZoneInfo
    champion: ChampionHolder
    history: History
    keys: KeyRing
    metrics: Metrics


async def _service(request: Request) -> Service:
    return cast(Service, request.app.state.service)


ServiceDep: TypeAlias = Annotated[Service, Depends(_service)]
