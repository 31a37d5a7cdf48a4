"""The course of the year: what is done, in which order, and what has to come of it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Final

import pandas as pd

from benchmarks.serving.engines import running
from benchmarks.year.dates import MISTAKEN, MONTHS, NOTICED, RETRAINED, SCHEDULED, TWICE_NOTICED
from benchmarks.year.load import Load
from benchmarks.year.months_of_use import DRIFT, Looked, MonthsOfUse, Played
from benchmarks.year.requests import Crm
from benchmarks.year.story import Story
from benchmarks.year.trainings import line, train
from benchmarks.year.workplace import Workplace
from benchmarks.year.wrong_export import with_lost_as_won

_SECONDS_TO_FOLLOW: Final = 15.0


class Course:
    """One year.

    Parameters
    ----------
    work : Workplace
        Empty.
    tables : mapping of str to pandas.DataFrame
        The CRM, whose market turns.
    seed : int
        Decides what is wrong in the wrong export.
    story : Story
        What is told of it.
    """

    def __init__(self, work: Workplace, tables: Mapping[str, pd.DataFrame], seed: int, story: Story) -> None:
        self._work, self._tables, self._seed, self._story = work, tables, seed, story
        self._crm = Crm(tables)

    def play(self) -> None:
        """Play it from the first training to the way back."""
        self._work.clock.set(MONTHS[0])
        self._train(MONTHS[0], "make train")
        with running(self._work.service(), self._work.folder) as port:
            in_use = MonthsOfUse(self._work, port, self._crm)
            self._use(in_use, [day for day in MONTHS if day <= SCHEDULED])
            self._renew(port)
            self._use(in_use, [day for day in MONTHS if day > SCHEDULED])
            self._work.clock.set(RETRAINED)
            with Load(port, next(self._crm.scoring(RETRAINED))) as load:
                looking = self._retrain(in_use, load)
                self._refuse(load, looking)
                self._roll_back(load)
            self._tell_load(MISTAKEN, load)

    def _use(self, in_use: MonthsOfUse, days: Sequence[pd.Timestamp]) -> None:
        """Play days, and have the watch look after each month until it has said twice that the market turned."""
        looked = [(in_use.play(day), in_use.look(day) if _is_watched(day) else None) for day in days]
        for played, looking in looked:
            self._tell_day(played)
            if looking is not None:
                self._tell_watch(looking.result())

    def _tell_day(self, played: Played) -> None:
        self._story.tell(played.day, "outcomes, then scores", str(played), expected=played.is_whole)

    def _tell_watch(self, looked: Looked) -> None:
        """Tell what the watch said, and hold it to what has happened by then."""
        if looked.day == SCHEDULED:
            expected = looked.is_alarmed and looked.alarms == {"age"}
        elif NOTICED <= looked.day < RETRAINED:
            expected = looked.is_alarmed and not DRIFT.isdisjoint(looked.alarms)
        else:
            expected = looked.is_quiet
        self._story.tell(looked.day, "make monitor", str(looked), expected=expected)

    def _renew(self, port: int) -> None:
        """Train anew since the model is old, as the watch said."""
        with Load(port, next(self._crm.scoring(SCHEDULED))) as load:
            self._follow(SCHEDULED, load, self._train(SCHEDULED, "make train, on schedule"))
        self._tell_load(SCHEDULED, load)

    def _retrain(self, in_use: MonthsOfUse, load: Load) -> "Future[Looked]":
        """Train on the turned market, and have the watch look at what the new version sees."""
        self._follow(RETRAINED, load, self._train(RETRAINED, "make train, on the turned market"))
        self._tell_day(in_use.play(RETRAINED))
        return in_use.look(RETRAINED)

    def _refuse(self, load: Load, looking: "Future[Looked]") -> None:
        """Train on an export that is wrong, and see the version refused for its predictions."""
        self._work.clock.set(MISTAKEN)
        wrong = train(self._work, with_lost_as_won(self._tables, RETRAINED, self._seed), MISTAKEN)
        self._tell_watch(looking.result())
        refused = bool(wrong.version) and not wrong.is_champion and "log loss" in wrong.decision
        self._story.tell(MISTAKEN, "make train, on a wrong export", wrong.told, expected=refused)
        if load.versions[wrong.version]:
            self._story.tell(MISTAKEN, "the refused version", "answered callers", expected=False)

    def _roll_back(self, load: Load) -> None:
        ended = self._work.run("training", "rollback", REASON="Sales wants to compare.")
        self._story.tell(MISTAKEN, "make rollback", line(ended.stdout, "model"), expected=ended.returncode == 0)
        self._follow(MISTAKEN, load, "2")

    def _tell_load(self, day: pd.Timestamp, load: Load) -> None:
        self._story.tell(day, "under load meanwhile", str(load), expected=not load.failed)

    def _train(self, day: pd.Timestamp, what: str) -> str:
        """Train, expecting the new version to be promoted; return it."""
        found = train(self._work, self._tables, day)
        self._story.tell(day, what, found.told, expected=found.is_champion)
        return found.version

    def _follow(self, day: pd.Timestamp, load: Load, version: str) -> None:
        followed = load.wait_for(version, _SECONDS_TO_FOLLOW)
        told = f"version {version} answers" if followed else f"version {version} does not answer"
        self._story.tell(day, "the service follows", told, expected=followed)


def _is_watched(day: pd.Timestamp) -> bool:
    return bool(MONTHS[0] < day <= TWICE_NOTICED)
