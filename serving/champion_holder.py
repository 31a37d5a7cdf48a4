"""Follows the champion while the service runs."""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock

import structlog

from models.registry_names import CHAMPION, MODEL_NAME
from serving.champion import NO_MODEL, Champion, MakeScorer, Source
from serving.model_cache import KeptModel, ModelCache, ModelCacheError
from serving.problems import ProblemError
from serving.registered import RegisteredModel, RegistryError
from serving.registry_door import RegistryDoor

log = structlog.get_logger(__name__)


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
    cache : ModelCache, optional
        Where the version that serves is kept for a start while the registry is away.

    Attributes
    ----------
    current : Champion or None
        Who answers now.
    is_registry_away : bool
        Whether the registry has not answered yet, or did not when it was last asked.
    """

    def __init__(
        self,
        registry: RegistryDoor,
        make_scorer: MakeScorer,
        check: Callable[[Champion], object],
        alias: str = CHAMPION,
        cache: ModelCache | None = None,
    ) -> None:
        self._alias = alias
        self._registry = registry
        self._make_scorer = make_scorer
        self._check = check
        self._cache = cache
        self._changing = Lock()
        self._seen: RegisteredModel | None = None
        self._is_unnamed = self._is_kept_refused = False
        self._told: dict[str, str] = {}
        self.is_registry_away = True
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
            named = self._registry.aliased(self._alias)
        except RegistryError as error:
            self.is_registry_away = True
            self._tell_once("registry_away", str(error))
            self.serve_kept()
            return
        self.is_registry_away = False
        try:
            self._follow(named)
        except RegistryError as error:
            self._tell_once(f"{self._alias}_unreadable", str(error))
            self.serve_kept()
        else:
            self._told.clear()

    def serve_kept(self) -> None:
        """Serve what served last, where nothing serves and the registry has not said that there is no champion."""
        with self._changing:
            if self._cache is None or self.current is not None or self._is_unnamed or self._is_kept_refused:
                return
            try:
                kept = self._cache.kept()
                if kept is not None:
                    self._change(kept, self._champion(kept, "cache"))
            except (ModelCacheError, RegistryError) as error:
                self._is_kept_refused = True
                log.warning("model_cache_refused", fault=str(error))

    def _follow(self, named: RegisteredModel | None) -> None:
        if named is None:
            self._withdraw_kept()
        elif named == self._seen:
            self._confirm(named)
        else:
            self._take(named)

    def _take(self, named: RegisteredModel) -> None:
        kept = KeptModel(named, self._registry.load(named), self._registry.metrics(named))
        try:
            champion = self._champion(kept, "registry")
        except RegistryError:
            self._seen = named  # it will not get better by trying again
            raise
        with self._changing:
            self._change(kept, champion)
        self._keep(kept)

    def _champion(self, kept: KeptModel, source: Source) -> Champion:
        """Return a champion that has scored the example; raises RegistryError where it cannot."""
        named = kept.named
        scorer = self._make_scorer(kept.model)
        champion = Champion(scorer, MODEL_NAME, named.version, named.created_ms, kept.model, kept.metrics, source)
        try:
            self._check(champion)
        except Exception as error:
            log.exception(f"{self._alias}_unusable", version=named.version)
            raise RegistryError(f"version {named.version} cannot score the example") from error
        return champion

    def _change(self, kept: KeptModel, champion: Champion) -> None:
        self._seen, self._is_unnamed, self.current = kept.named, False, champion
        self.on_change(champion)
        log.info(self._alias, name=champion.name, version=champion.version, source=champion.source)

    def _confirm(self, named: RegisteredModel) -> None:
        """Tell that the registry, which is back, names what was kept."""
        if self.current is not None and (self.current.source, self.current.version) == ("cache", named.version):
            self.current = replace(self.current, source="registry")
            log.info(self._alias, name=self.current.name, version=self.current.version, source="registry")

    def _withdraw_kept(self) -> None:
        """Serve nothing that only the cache names, once the registry says that there is no champion."""
        with self._changing:
            self._is_unnamed = True
            if self.current is not None and self.current.source == "cache":
                self._seen = self.current = None
                log.warning(f"{self._alias}_withdrawn", fault="the registry is back and names none")

    def _keep(self, kept: KeptModel) -> None:
        if self._cache is not None:
            try:
                self._cache.keep(kept)
            except OSError as error:
                log.warning("model_not_kept", fault=error.strerror, version=kept.named.version)

    def _tell_once(self, event: str, fault: str) -> None:
        if self._told.get(event) != fault:
            log.warning(event, fault=fault, is_scoring=self.current is not None)
        self._told[event] = fault
