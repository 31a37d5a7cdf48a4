"""A model in use: month by month outcomes come back, open leads are scored, and the watch looks."""

import json
from collections.abc import Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pandas as pd

from benchmarks.year.requests import Crm
from benchmarks.year.workplace import Workplace, post

DRIFT: Final = frozenset({"inputs", "scores", "unseen", "calibration", "ranking"})
"""What the watch calls it when leads, or what becomes of them, are others than in the training."""

_AT_ONCE: Final = 500
_PROCESSORS: Final = 2
_LATER: Final = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Looked:
    """What the watch came to.

    Attributes
    ----------
    day : pandas.Timestamp
        When it looked.
    alarms : set of str
        What needs a person.
    ended : int
        With what the command ended.
    """

    day: pd.Timestamp
    alarms: Set[str]
    ended: int

    @property
    def is_quiet(self) -> bool:
        """Whether nobody has to act."""
        return not self.alarms and self.ended == 0

    @property
    def is_alarmed(self) -> bool:
        """Whether somebody has to, and the command says so."""
        return bool(self.alarms) and self.ended == 1

    def __str__(self) -> str:
        named = ", ".join(sorted(self.alarms)) or "nothing needs a person"
        return f"{named} (exit {self.ended})"


@dataclass(frozen=True)
class Played:
    """What came of a day on which outcomes are reported and leads are scored."""

    day: pd.Timestamp
    outcomes: int
    refused: int
    leads: int
    scored: int

    @property
    def is_whole(self) -> bool:
        """Whether every outcome was taken and every lead scored."""
        return not self.refused and self.scored == self.leads

    def __str__(self) -> str:
        return (
            f"{self.outcomes:,} outcomes, {self.refused} refused; {self.scored:,} of {self.leads:,} open leads scored"
        )


class MonthsOfUse:
    """Plays one day after another; the watch may still look at one while the next are played.

    Parameters
    ----------
    work : Workplace
    port : int
        Of the service.
    crm : Crm
        Whose leads these are.
    """

    def __init__(self, work: Workplace, port: int, crm: Crm) -> None:
        self._work, self._port, self._crm = work, port, crm
        self._before: pd.Timestamp | None = None
        self._watch = ThreadPoolExecutor(_PROCESSORS)

    def play(self, day: pd.Timestamp) -> Played:
        """Report what was decided since the last time, then score what is open."""
        self._work.clock.set(day)
        decided = [] if self._before is None else list(self._crm.decided(self._before, day))
        refused = sum("status" in post(self._port, "/outcomes", outcome) for outcome in decided)
        leads, scored = self._score(day)
        self._before = day
        return Played(day, len(decided), refused, leads, scored)

    def look(self, day: pd.Timestamp) -> "Future[Looked]":
        """Have the watch look at all that was until an hour after a day began."""
        return self._watch.submit(self._look, day)

    def _score(self, day: pd.Timestamp) -> tuple[int, int]:
        """Score the open leads in batches; return how many there are, and how many were scored."""
        pending, leads, scored = self._crm.scoring(day), 0, 0
        while batch := list(islice(pending, _AT_ONCE)):
            results = post(self._port, "/score/batch", {"leads": batch}).get("results", [])
            scored += sum("score" in result for result in results)
            leads += len(batch)
        return leads, scored

    def _look(self, day: pd.Timestamp) -> Looked:
        page = f"reports/monitor-{day:%Y-%m}.html"
        ended = self._work.run("serving", "monitor", "--until", (day + _LATER).isoformat(), "--out", page)
        written = (self._work.folder / page).with_suffix(".json")
        if not written.exists():
            return Looked(day, frozenset({ended.stderr}), ended.returncode)
        found: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
        alarms = {str(check["name"]) for check in found["checks"] if check["state"] == "alarm"}
        return Looked(day, alarms, ended.returncode)
