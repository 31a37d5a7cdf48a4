"""What is counted, for Prometheus."""

import math
import os
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from serving.monitoring.figure_store import Figures
from serving.monitoring.figures import ABOUT
from serving.shared_metrics import SHARED_FOLDER, text_of_all

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_UNTIL_SECONDS: Final = "until_seconds"
_UNTIL: Final = {_UNTIL_SECONDS: "Until when the watch looked, in seconds since the epoch: how old its figures are"}
_SECONDS: Final = (0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counts of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "leads_requests", "Requests answered", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "leads_request_seconds", "From request to answer", ["route"], buckets=_SECONDS, registry=self._registry
        )
        self._scores = Counter("leads_scores", "Leads scored", ["method", "grade"], registry=self._registry)
        self._waiting = Gauge(
            "leads_history_waiting",
            "Answers not in the database yet",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._spool_bytes = Gauge(
            "leads_history_spool_bytes",
            "Size on the disk of the answers not in the database yet",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._dropped = Counter("leads_history_dropped", "Answers never written", registry=self._registry)
        self._shadow_dropped = Counter(
            "leads_shadow_dropped", "Requests that the challenger did not score", registry=self._registry
        )
        self._refused = Counter(
            "leads_refused",
            "Requests refused by a limit: busy, too-many-requests, slow-body",
            ["kind"],
            registry=self._registry,
        )
        self._model = Gauge(
            "leads_model_version", "Version that answers", registry=self._registry, multiprocess_mode="livemin"
        )
        self._from_cache = self._state("leads_model_from_cache", "1 while what served last answers, for MLflow is away")
        self._registry_away = self._state("leads_registry_away", "1 while MLflow does not answer")
        self._database_away = self._state("leads_database_away", "1 while the database does not answer")
        self._watched = {name: self._figure(name, about) for name, about in {**ABOUT, **_UNTIL}.items()}
        self._request_counts: dict[tuple[str, str, int], Counter] = {}
        self._request_seconds: dict[str, Histogram] = {}
        self._score_counts: dict[tuple[str, str], Counter] = {}

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request. The route is its template, so that no lead's id stands in a metric."""
        key = method, route, status
        if key not in self._request_counts:
            self._request_counts[key] = self._requests.labels(method, route, str(status))
            self._request_seconds.setdefault(route, self._seconds.labels(route))
        self._request_counts[key].inc()
        self._request_seconds[route].observe(seconds)

    def scored(self, method: str, grade: str) -> None:
        """Count a score."""
        key = method, grade
        if key not in self._score_counts:
            self._score_counts[key] = self._scores.labels(method, grade)
        self._score_counts[key].inc()

    def history_waits(self, answers: int, spool_bytes: int) -> None:
        """State how many answers wait for the database, and how much of the disk they take."""
        self._waiting.set(answers)
        self._spool_bytes.set(spool_bytes)

    def history_dropped(self, answers: int) -> None:
        """Count answers that were lost."""
        self._dropped.inc(answers)

    def shadow_dropped(self, requests: int) -> None:
        """Count requests that the challenger did not get to score, or could not."""
        self._shadow_dropped.inc(requests)

    def refused(self, kind: str) -> None:
        """Count a request that a limit kept from being answered, by the kind of its problem."""
        self._refused.labels(kind).inc()

    def serves(self, version: str) -> None:
        """State which version answers; 0 for rules, whose version is no number."""
        self._model.set(float(version) if version.isdecimal() else 0.0)

    def depends(self, *, is_from_cache: bool, is_registry_away: bool, is_database_away: bool) -> None:
        """State which of the parts that answers can do without are away."""
        self._from_cache.set(is_from_cache)
        self._registry_away.set(is_registry_away)
        self._database_away.set(is_database_away)

    def watched(self, figures: Figures) -> None:
        """State what the watch found last; what it could not tell is NaN, as all is before it ran."""
        told = {**figures.values, _UNTIL_SECONDS: figures.until_ms / 1000}
        for name, gauge in self._watched.items():
            gauge.set(told.get(name, math.nan))

    def text(self) -> bytes:
        """Return everything as Prometheus reads it; of all processes, where there are several."""
        folder = os.environ.get(SHARED_FOLDER)
        return generate_latest(self._registry) if folder is None else text_of_all(folder)

    def _state(self, name: str, about: str) -> Gauge:
        return Gauge(name, about, registry=self._registry, multiprocess_mode="livemax")

    def _figure(self, name: str, about: str) -> Gauge:
        gauge = Gauge(f"leads_monitor_{name}", about, registry=self._registry, multiprocess_mode="livemostrecent")
        gauge.set(math.nan)
        return gauge
