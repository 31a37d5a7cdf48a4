"""How many leads of each grade, and behind each gate, were won."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from models.quality.interval import Interval, effective_size, wilson
from models.score_map import GRADES

GATES: Final = ("qualified", "needs_discovery", "disqualified")


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of the scores that have something in common.

    Attributes
    ----------
    name : str
        The grade, or what the gates came to.
    scores, leads, won : int
        Matured answers, different leads among them, and answers whose lead was won within the horizon.
    share : Interval
        Of the answers, won; its width by the number of leads, NaN where there are none.
    """

    name: str
    scores: int
    leads: int
    won: int
    share: Interval


def by_grade(frame: pd.DataFrame) -> tuple[Conversion, ...]:
    """Return the conversion of each grade, A first."""
    return _by(frame, "grade", GRADES)


def by_gates(frame: pd.DataFrame) -> tuple[Conversion, ...]:
    """Return the conversion behind each gate, the open one first."""
    return _by(frame, "gates", GATES)


def out_of_order(grades: Sequence[Conversion]) -> list[tuple[Conversion, Conversion]]:
    """Return the neighbouring grades of which the lower one certainly converts better: their intervals do not meet."""
    there = [one for one in grades if one.scores]
    return [(upper, lower) for upper, lower in pairwise(there) if lower.share.above(upper.share.high)]


def _by(frame: pd.DataFrame, column: str, names: Sequence[str]) -> tuple[Conversion, ...]:
    matured = frame[frame["is_matured"]]
    return tuple(_conversion(name, matured[matured[column] == name]) for name in names)


def _conversion(name: str, rows: pd.DataFrame) -> Conversion:
    if rows.empty:
        return Conversion(name, 0, 0, 0, Interval(np.nan, np.nan, np.nan))
    lead = pd.factorize(rows["lead_id"])[0].astype(np.int64)
    won = int(rows["is_won"].sum())
    size = effective_size(lead, np.ones(len(rows)))
    return Conversion(name, len(rows), int(lead.max()) + 1, won, wilson(won / len(rows), size))
