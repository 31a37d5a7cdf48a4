"""The three years of the sample and their rhythm: fiscal-year ends, holidays, weekends, office hours.

Within the sample a moment is a float: days since ``FIRST_DAY``, in UTC.
"""

from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from features.sample.chance import happens

FIRST_DAY: Final = np.datetime64("2023-07-01", "D")
DAYS: Final = 1096
"""2023-07-01 up to and including 2026-06-30."""

_PULL_DAYS: Final = 40.0
_TOKYO_DAYS: Final = 9 / 24
_CALENDAR: Final = pd.DatetimeIndex(FIRST_DAY + np.arange(DAYS + 8))
_MONTH_PACE: Final = np.array([0.85, 1.0, 1.3, 0.95, 0.9, 1.05, 1.0, 0.7, 1.25, 1.05, 1.05, 0.85])
_MONTH_LUCK: Final = np.array([-0.25, 0.0, 0.45, -0.1, -0.1, 0.0, 0.0, -0.35, 0.35, 0.0, 0.0, 0.05])
_NEW_YEAR_PACE: Final = 0.15
_WEEKEND_PACE: Final = 0.2
_SATURDAY: Final = 5
_FISCAL_ENDS: Final = np.flatnonzero(_CALENDAR.is_month_end & _CALENDAR.month.isin([3, 9])) + 1.0


_MONTH: Final = _CALENDAR.month.to_numpy() - 1
_NEW_YEAR: Final = _CALENDAR.strftime("%m-%d").isin(["12-29", "12-30", "12-31", "01-01", "01-02", "01-03", "01-04"])
_PACE: Final = _MONTH_PACE[_MONTH] * np.where(_NEW_YEAR, _NEW_YEAR_PACE, 1.0)


def elapsed(days: FloatArray) -> FloatArray:
    """Return how much of the three years has passed, 0 at their start and 1 at their end."""
    return days / DAYS


def arrival_days(rng: np.random.Generator, size: int) -> FloatArray:
    """Draw when leads first come in: growing over the years, with the seasons, rarely at a weekend."""
    growth = 1.0 + 0.3 * elapsed(np.arange(DAYS, dtype=np.float64))
    weekend = np.where(_CALENDAR[:DAYS].day_of_week >= _SATURDAY, _WEEKEND_PACE, 1.0)
    weight = _PACE[:DAYS] * growth * weekend
    day = rng.choice(DAYS, size=size, p=weight / weight.sum())
    return day + _office_hour(rng, size)


def season_of_winning(days: FloatArray) -> FloatArray:
    """Return what the month of a decision adds to the log-odds of winning it."""
    luck: FloatArray = _MONTH_LUCK[_MONTH[_day(days)]]
    return luck


def busy(rng: np.random.Generator, days: FloatArray) -> IntArray:
    """Return which of the moments survive the season: August and New Year are quiet."""
    return np.flatnonzero(rng.random(len(days)) * _PACE.max() < _PACE[_day(days)])


def in_office_hours(rng: np.random.Generator, days: FloatArray) -> FloatArray:
    """Move moments to office hours in Tokyo, and most of those on a weekend to the Monday after."""
    day = _day(days)
    weekday = _CALENDAR.day_of_week.to_numpy()[day]
    monday = np.where((weekday >= _SATURDAY) & (rng.random(len(days)) > _WEEKEND_PACE), 7 - weekday, 0)
    return day + monday + _office_hour(rng, len(days))


def pulled_to_fiscal_end(rng: np.random.Generator, days: FloatArray, share: float) -> FloatArray:
    """Move a share of the moments that lie up to 40 days before a fiscal-year end into its last ten days."""
    following = np.append(_FISCAL_ENDS, np.inf)[np.searchsorted(_FISCAL_ENDS, days)]
    last_days = following - 10.0 * rng.random(len(days))
    pulled = (following - days < _PULL_DAYS) & (happens(rng, len(days), share))
    return np.where(pulled, np.maximum(days, last_days), days)


def timestamps(days: FloatArray) -> pd.Series:
    """Turn moments into ``datetime64[ms, UTC]`` at whole seconds; NaN becomes a missing time."""
    known = np.isfinite(days)
    seconds = np.floor(np.where(known, days, 0.0) * 86_400).astype("timedelta64[s]")
    moments = (FIRST_DAY.astype("datetime64[s]") + seconds).astype("datetime64[ms]")
    moments[~known] = np.datetime64("NaT")
    return pd.Series(moments).dt.tz_localize("UTC")


def _day(days: FloatArray) -> IntArray:
    return np.clip(np.floor(days + _TOKYO_DAYS), 0, DAYS).astype(np.int64)


def _office_hour(rng: np.random.Generator, size: int) -> FloatArray:
    return (9.0 + 10.0 * rng.beta(2.0, 2.2, size)) / 24 - _TOKYO_DAYS
