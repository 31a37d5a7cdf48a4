"""The model that scores leads now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Any, Final, Literal, TypeAlias

from features.instant import iso
from models.conversion import ConversionModel
from models.lead_scorer import LeadScorer
from serving.problems import Problem

MakeScorer: TypeAlias = Callable[[ConversionModel], LeadScorer]
Source: TypeAlias = Literal["registry", "cache", "rules"]

NO_MODEL: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "no-model",
    "No model is registered yet: run `make train`. The service picks the model up by itself within seconds.",
    headers={"retry-after": "5"},
)


@dataclass(frozen=True)
class Champion:
    """A scorer, and who it is.

    Attributes
    ----------
    scorer : LeadScorer
        Scores leads; any number of threads may ask it at once.
    name, version : str
        In the registry; for rules their file and the version of its content.
    trained_at_ms : int or None
        When it was registered; None for rules.
    model : ConversionModel or None
        What it believes; None for rules.
    metrics : mapping of str to float
        What was measured when it was trained.
    source : {"registry", "cache", "rules"}
        Where it comes from; the cache is what served last, used while the registry is away.
    """

    scorer: LeadScorer
    name: str
    version: str
    trained_at_ms: int | None = None
    model: ConversionModel | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    source: Source = "registry"

    @property
    def data_end(self) -> str | None:
        """The last day of what it was trained on."""
        found = None if self.model is None else self.model.facts.get("data_end")
        return None if found is None else str(found)[:10]

    def identity(self) -> dict[str, Any]:
        """Return the ``model`` of an answer."""
        return {**self._identity}

    @cached_property
    def _identity(self) -> dict[str, Any]:
        trained_at = None if self.trained_at_ms is None else iso(self.trained_at_ms)
        return {"name": self.name, "version": self.version, "trained_at": trained_at, "data_end": self.data_end}
