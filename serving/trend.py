"""Where a lead is heading."""

from collections.abc import Sequence
from statistics import fmean
from typing import Final, Literal, TypeAlias

from features.instant import MS_PER_DAY
from serving.history_entry import HistoryEntry

Trend: TypeAlias = Literal["improving", "steady", "declining", "not_enough_info"]

WINDOW_DAYS: Final = 30
LEAST_CHANGE: Final = 5.0
"""Of 99 points: what a single mail or a few days without one move a score by is less."""


def trend(history: Sequence[HistoryEntry]) -> Trend:
    """Compare the latest day's score with the mean of the scores of the 30 days before it.

    A day counts once, with the last answer that looked at the lead on it, so that asking often changes nothing. Scores
    by points and scores by a model are not compared.

    Parameters
    ----------
    history : sequence of HistoryEntry
        In any order.
    """
    by_day = _last_of_each_day(history)
    if not by_day:
        return "not_enough_info"
    latest = max(by_day)
    before = [
        entry.score
        for day, entry in by_day.items()
        if latest - WINDOW_DAYS <= day < latest and entry.method == by_day[latest].method
    ]
    if not before:
        return "not_enough_info"
    change = by_day[latest].score - fmean(before)
    if abs(change) < LEAST_CHANGE:
        return "steady"
    return "improving" if change > 0 else "declining"


def _last_of_each_day(history: Sequence[HistoryEntry]) -> dict[int, HistoryEntry]:
    days: dict[int, HistoryEntry] = {}
    for entry in sorted(history, key=lambda one: (one.as_of_ms, one.score_id)):
        days[entry.as_of_ms // MS_PER_DAY] = entry
    return days
