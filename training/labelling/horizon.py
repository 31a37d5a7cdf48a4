"""How far ahead the label looks: as far as the business asks and the data afford."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray
from features.instant import MS_PER_DAY, to_ms
from features.wording import Wording

LADDER_DAYS: Final = (90, 60, 30, 14, 7)
HORIZONS_IN_SPAN: Final = 5
"""One horizon at the end has no labels yet, one is the gap before the test, and learning needs the rest."""
QUICK_SHARE: Final = 0.99
MIN_WINS: Final = 100
"""Fewer wins cannot show that 99 of 100 come early."""
_MUCH_SOONER: Final = 1 / 3


@dataclass(frozen=True, slots=True)
class Horizon:
    """How many days the label looks ahead, and why that many."""

    days: int
    reason: Wording


def choose_horizon(outcomes: pd.DataFrame, data_end_ms: int, requested_days: int | None = None) -> Horizon:
    """Choose the horizon.

    What was asked for is taken. Else it is the longest of ``LADDER_DAYS`` of which the data hold five; and where 99 %
    of the wins come within a third of that or less, the shortest that holds those: a longer one would learn nothing
    more and only hold back the newest data, whose window is not over.

    Parameters
    ----------
    outcomes : pandas.DataFrame
        As ``features.outcomes.lead_outcomes`` returns them.
    data_end_ms : int
        Milliseconds since the epoch.
    requested_days : int, optional
        An explicit wish.

    Raises
    ------
    ValueError
        When fewer days than one are requested, or when there are no leads.
    """
    if requested_days is not None:
        return _requested(requested_days)
    if outcomes.empty:
        raise ValueError("outcomes: at least one lead is needed to choose a horizon; found none")
    span_days = (data_end_ms - int(to_ms(outcomes["created_at"]).min())) // MS_PER_DAY
    afforded = _afforded(span_days)
    quick = _quickest(_lead_times_days(outcomes))
    return quick if quick and quick.days <= afforded.days * _MUCH_SOONER else afforded


def _requested(days: int) -> Horizon:
    if days < 1:
        raise ValueError(f"horizon: at least 1 day is needed; found {days}. Ask for a whole number of days such as 90")
    return Horizon(days, Wording(f"{days} days, as requested", f"指定された{days}日"))


def _afforded(span_days: int) -> Horizon:
    days = next((rung for rung in LADDER_DAYS if rung * HORIZONS_IN_SPAN <= span_days), None)
    if days is None:
        return Horizon(LADDER_DAYS[-1], _too_short(span_days))
    if days == LADDER_DAYS[0]:
        reason = Wording(f"{days} days, the default", f"標準の{days}日")
    else:
        reason = Wording(
            f"{days} days: the data span {span_days:,} days, and a horizon must fit into that {HORIZONS_IN_SPAN} times",
            f"{days}日：データの期間が{span_days:,}日で、その中に{HORIZONS_IN_SPAN}回収まる長さが必要なため",
        )
    return Horizon(days, reason)


def _too_short(span_days: int) -> Wording:
    days = LADDER_DAYS[-1]
    return Wording(
        f"{days} days, the shortest, although the data span only {span_days:,} days: expect few labels",
        f"最短の{days}日：データの期間が{span_days:,}日しかないため、学習に使えるリードは少ない",
    )


def _quickest(lead_times_days: FloatArray) -> Horizon | None:
    """Return the shortest horizon that holds nearly all wins, None where none does or wins are too few to tell."""
    if len(lead_times_days) < MIN_WINS:
        return None
    held = {days: float(np.mean(lead_times_days <= days)) for days in reversed(LADDER_DAYS)}
    days = next((days for days, share in held.items() if share >= QUICK_SHARE), None)
    if days is None:
        return None
    share = np.floor(held[days] * 1000) / 10
    reason = Wording(
        f"{days} days: {share:.1f} % of the wins come that soon, a longer horizon would only hold back the newest data",
        f"{days}日：成約の{share:.1f}%がこの日数以内に決まっており、長くしても最新データが使えなくなるだけのため",
    )
    return Horizon(days, reason)


def _lead_times_days(outcomes: pd.DataFrame) -> FloatArray:
    won = outcomes[(outcomes["outcome"] == "won") & outcomes["left_out"].isna()]
    return (to_ms(won["won_at"]) - to_ms(won["created_at"])) / MS_PER_DAY
