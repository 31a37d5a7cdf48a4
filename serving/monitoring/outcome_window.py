"""The newest matured scores of the watched version: what it is judged by."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pandas as pd

from features.instant import to_ms
from serving.monitoring.conversion import Conversion, by_gates, by_grade
from serving.monitoring.judged import Judged, Quality, quality_of

WINDOWS_DAYS: Final = (92, 183)
"""As few as show enough wins, so that what happened lately is not hidden by what was before; else all there are."""


@dataclass(frozen=True)
class OutcomeWindow:
    """Matured scores, each the first about its lead in a month.

    Attributes
    ----------
    first_ms, last_ms : int or None
        When the first and the last of them were given, in milliseconds since the epoch; None where none has matured.
    quality : Quality or None
        How good they turned out to be.
    grades, gates : tuple of Conversion
        What became of each grade, and behind each gate.
    """

    first_ms: int | None
    last_ms: int | None
    quality: Quality | None
    grades: tuple[Conversion, ...]
    gates: tuple[Conversion, ...]


def outcome_window(own: pd.DataFrame, least_wins: int) -> OutcomeWindow:
    """Judge a version by its newest matured scores.

    Parameters
    ----------
    own : pandas.DataFrame
        Its first answer about each lead in each month.
    least_wins : int
        How many wins are enough.
    """
    rows = _newest(own[own["is_matured"]], least_wins)
    given = to_ms(rows["scored_at"])
    return OutcomeWindow(
        first_ms=int(given[0]) if len(given) else None,
        last_ms=int(given[-1]) if len(given) else None,
        quality=quality_of(Judged.of(rows)),
        grades=by_grade(rows),
        gates=by_gates(rows),
    )


def _newest(matured: pd.DataFrame, least_wins: int) -> pd.DataFrame:
    for days in WINDOWS_DAYS:
        rows: pd.DataFrame = matured[matured["scored_at"] > matured["scored_at"].max() - timedelta(days=days)]
        if rows["is_won"].sum() >= least_wins:
            return rows
    return matured
