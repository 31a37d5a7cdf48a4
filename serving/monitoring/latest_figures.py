"""The newest figures of the watch, as a running service knows them."""

from threading import Lock
from time import monotonic
from typing import Final

import structlog

from serving.database import open_engine
from serving.monitoring.figure_store import Figures, newest_figures
from serving.prepared_store import StoreError

KEPT_SECONDS: Final = 60.0
log = structlog.get_logger(__name__)


class LatestFigures:
    """Asks the database at most once a minute; while it is away, what was known stays.

    Parameters
    ----------
    url : str
        As SQLAlchemy takes it. Nothing is opened before the first call.
    kept_seconds : float
        For how long an answer of the database is good.
    """

    def __init__(self, url: str, kept_seconds: float = KEPT_SECONDS) -> None:
        self._engine = open_engine(url)
        self._kept_seconds = kept_seconds
        self._asking = Lock()
        self._asked_at = -kept_seconds
        self._known: Figures | None = None

    def newest(self) -> Figures | None:
        """Return the newest figures; None where the watch never ran. May wait for the database."""
        if self._asking.acquire(blocking=False):
            try:
                self._ask()
            finally:
                self._asking.release()
        return self._known

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _ask(self) -> None:
        if monotonic() - self._asked_at < self._kept_seconds:
            return
        self._asked_at = monotonic()
        try:
            self._known = newest_figures(self._engine)
        except (StoreError, OSError) as error:
            log.warning("figures_away", fault=type(error).__name__)
