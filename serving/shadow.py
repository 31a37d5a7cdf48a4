"""Scores with the challenger what the champion has just answered: kept beside it, told to nobody."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event, Thread
from time import monotonic
from typing import Final

import structlog

from features.wording import Language
from serving.answering import answer
from serving.asked_lead import AskedLead
from serving.champion_holder import ChampionHolder
from serving.history_entry import SHADOW, HistoryEntry

MOST_ROWS: Final = 100_000
"""Rows of all requests that may wait: some hundred megabytes at worst."""

_QUIET_SECONDS: Final = 0.005
_PAUSE_SECONDS: Final = 0.1
_LANGUAGE: Final[Language] = "en"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Answered:
    request: AskedLead
    scored_at_ms: int
    rows: int


class Shadow:
    """Takes answered requests without holding anybody up, and scores them in the gaps between others.

    A request is scored once none has come in for some milliseconds, so that the challenger never delays an answer. What
    does not find room under steady load is dropped and counted. Whatever the challenger does wrong stays here.

    Parameters
    ----------
    challenger, champion : ChampionHolder
        Who scores, and who has answered; where both are the same version, nothing is scored.
    keep : callable
        Takes each answer of the challenger.
    on_drop : callable
        Told how many requests were dropped, whenever some are.
    """

    def __init__(
        self,
        challenger: ChampionHolder,
        champion: ChampionHolder,
        keep: Callable[[HistoryEntry], None],
        on_drop: Callable[[int], None],
    ) -> None:
        self.challenger = challenger
        self._champion = champion
        self._keep = keep
        self._on_drop = on_drop
        self._waiting: deque[_Answered] = deque()
        self._taken_rows = self._done_rows = 0  # each counted by one thread alone
        self._latest = 0.0
        self._told_of = ""
        self._stop = Event()
        self._thread = Thread(target=self._run, name="shadow", daemon=True)

    def __len__(self) -> int:
        return len(self._waiting)

    def start(self) -> None:
        """Begin to score."""
        self._thread.start()

    def put(self, request: AskedLead, scored_at_ms: int) -> None:
        """Take a request that the champion answered at an instant; costs microseconds and never waits."""
        self._latest = monotonic()
        if not self.is_needed:
            return
        rows = sum(map(len, request.rows.values()))
        if self._taken_rows - self._done_rows + rows > MOST_ROWS:
            self._on_drop(1)
            return
        self._taken_rows += rows
        self._waiting.append(_Answered(request, scored_at_ms, rows))

    @property
    def is_needed(self) -> bool:
        """Whether there is a challenger that is not the champion."""
        challenger, champion = self.challenger.current, self._champion.current
        return challenger is not None and champion is not None and challenger.version != champion.version

    def close(self, seconds: float) -> None:
        """Stop; what waits is dropped and counted."""
        self._stop.set()
        self._thread.join(seconds)
        if self._waiting:
            self._on_drop(len(self._waiting))

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self._waiting:
                self._stop.wait(_PAUSE_SECONDS)
            elif monotonic() - self._latest < _QUIET_SECONDS:
                self._stop.wait(_QUIET_SECONDS)
            else:
                self._score_one()

    def _score_one(self) -> None:
        answered = self._waiting.popleft()
        self._done_rows += answered.rows
        challenger = self.challenger.current
        if challenger is None or not self.is_needed:
            return
        try:
            given = answer(challenger, answered.request, _LANGUAGE, answered.scored_at_ms)
        except Exception:
            if challenger.version != self._told_of:
                log.exception("shadow_failed", version=challenger.version)
            self._told_of = challenger.version
            self._on_drop(1)
        else:
            self._keep(replace(given.entry, role=SHADOW))
