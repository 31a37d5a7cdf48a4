"""The model that scores leads now, followed while the service runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, TypeAlias

import structlog

from features.instant import iso
from models.conversion import ConversionModel
from models.lead_scorer import LeadScorer
from models.registry_names import CHAMPION, MODEL_NAME
from serving.problems import Problem, ProblemError
from serving.registered import RegisteredModel, RegistryError
from serving.registry_door import RegistryDoor

MakeScorer: TypeAlias = Callable[[ConversionModel], LeadScorer]

NO_MODEL: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "no-model",
    "No model is registered yet: run `make train`. The service picks the model up by itself within seconds.",
    headers={"retry-after": "5"},
)
log = structlog.get_logger(__name__)


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
    """

    scorer: LeadScorer
    name: str
    version: str
    trained_at_ms: int | None = None
    model: ConversionModel | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)

    @property
    def data_end(self) -> str | None:
        """The last day of what it was trained on."""
        found = None if self.model is None else self.model.facts.get("data_end")
        return None if found is None else str(found)[:10]

    def identity(self) -> dict[str, Any]:
        """Return the ``model`` of an answer."""
        trained_at = None if self.trained_at_ms is None else iso(self.trained_at_ms)
        return {"name": self.name, "version": self.version, "trained_at": trained_at, "data_end": self.data_end}


class ChampionHolder:
    """Holds the champion and changes it between two requests, never within one.

    Parameters
    ----------
    registry : RegistryDoor
        Where the champion is named.
    make_scorer : callable
        Turns a model into a scorer.
    check : callable
        Scores an example, so that a model which cannot do that never takes over, and the first caller finds it warm.
    alias : str
        Under which the registry names the version.
    """

    def __init__(
        self,
        registry: RegistryDoor,
        make_scorer: MakeScorer,
        check: Callable[[Champion], object],
        alias: str = CHAMPION,
    ) -> None:
        self._alias = alias
        self._registry = registry
        self._make_scorer = make_scorer
        self._check = check
        self._seen: RegisteredModel | None = None
        self._last_fault = ""
        self.current: Champion | None = None
        self.on_change: Callable[[Champion], None] = lambda _: None

    def required(self) -> Champion:
        """Return the champion.

        Raises
        ------
        ProblemError
            503 where there is none yet.
        """
        if self.current is None:
            raise ProblemError(NO_MODEL)
        return self.current

    def refresh(self) -> None:
        """Ask the registry, and change the champion if it names another; whatever is wrong there, the old one stays."""
        try:
            self._follow()
        except RegistryError as error:
            self._tell_once("registry_away", str(error))
        else:
            self._last_fault = ""

    def _follow(self) -> None:
        named = self._registry.aliased(self._alias)
        if named is None or named == self._seen:
            return
        model = self._registry.load(named)
        scorer, metrics = self._make_scorer(model), self._registry.metrics(named)
        champion = Champion(scorer, MODEL_NAME, named.version, named.created_ms, model, metrics)
        try:
            self._check(champion)
        except Exception as error:
            self._seen = named  # it will not get better by trying again
            log.exception(f"{self._alias}_unusable", version=named.version)
            raise RegistryError(f"version {named.version} cannot score the example") from error
        self._seen, self.current = named, champion
        self.on_change(champion)
        log.info(self._alias, name=champion.name, version=champion.version)

    def _tell_once(self, event: str, fault: str) -> None:
        if fault != self._last_fault:
            log.warning(event, fault=fault, is_scoring=self.current is not None)
        self._last_fault = fault
