"""Phases: the time of each lead cut into stretches of even interest."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.sample.journeys import Journeys
from features.sample.people import People
from features.sample.seasons import DAYS

PHASES: Final = ("arrival", "quiet", "burst", "quiet_again", "exploring", "evaluating", "after")
EXPLORING: Final = PHASES.index("exploring")
EVALUATING: Final = PHASES.index("evaluating")
_PULL: Final = np.array([1.0, 0.7, 0.4, 0.7, 0.5, 0.4, 0.6])
"""How much one standard deviation of intent adds to the log of the activity rate, by phase."""
_CAPRICE: Final = np.array([0.4, 0.4, 0.5, 0.4, 0.3, 0.3, 0.4])
"""Standard deviation of the part of that log that means nothing."""
_MOMENTUM: Final = 0.8
_WATCHING: Final = -0.7
_AFTERCARE_DAYS: Final = 45.0


@dataclass(frozen=True)
class Phases:
    """Stretches of time, each lead's in order and without overlap.

    Attributes
    ----------
    bounds : numpy.ndarray
        float64, shape (leads, phases + 1), days: a phase lies between its bound and the next, maybe empty.
    heat : numpy.ndarray
        float64, shape (leads, phases): what the lead's intent adds to the log of its activity rate.
    """

    bounds: FloatArray
    heat: FloatArray

    @property
    def days(self) -> FloatArray:
        """How long each phase lasts."""
        return np.diff(self.bounds, axis=1)

    @property
    def ends(self) -> FloatArray:
        """When nothing more happens with each lead."""
        return self.bounds[:, -1]

    def moments(self, rng: np.random.Generator, daily: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Draw a Poisson process.

        Parameters
        ----------
        daily : numpy.ndarray
            float64, events a day, shape (leads, phases).

        Returns
        -------
        lead, phase, days : numpy.ndarray
            One element an event: row of the lead, place in ``PHASES``, moment.
        """
        counts = rng.poisson(daily * self.days)
        cell = np.repeat(np.arange(counts.size), counts.ravel())
        start, length = self.bounds[:, :-1].ravel()[cell], self.days.ravel()[cell]
        return cell // len(PHASES), cell % len(PHASES), start + length * rng.random(len(cell))


def draw_phases(rng: np.random.Generator, people: People, journeys: Journeys) -> Phases:
    """Cut the time of every lead into phases."""
    return Phases(_bounds(rng, people, journeys), _heat(rng, people, journeys))


def _bounds(rng: np.random.Generator, people: People, journeys: Journeys) -> FloatArray:
    size = len(people)
    fading = people.created + 1.0 + rng.exponential(5.0, size)
    evaluates = np.where(journeys.buys, journeys.deal_opens, journeys.decides)
    burst_ends = journeys.burst + 2.0 + rng.exponential(8.0, size)
    end = np.minimum(_end(journeys), DAYS)
    starts = [people.created, fading, journeys.burst, burst_ends, journeys.starts, evaluates, journeys.decides]
    bounds = np.column_stack([*starts, end])
    return np.minimum.accumulate(bounds[:, ::-1], axis=1)[:, ::-1]


def _end(journeys: Journeys) -> FloatArray:
    """Return when the story ends: customers get some weeks of care, a deal that fell asleep is silent until closed."""
    decided = journeys.decides + np.where(journeys.wins, _AFTERCARE_DAYS, 10.0)
    return np.where(journeys.buys, decided, journeys.closes)


def _heat(rng: np.random.Generator, people: People, journeys: Journeys) -> FloatArray:
    heat = _PULL * people.interest[:, None] + _CAPRICE * rng.standard_normal((len(people), len(PHASES)))
    heat[:, EXPLORING] += np.where(journeys.buys, _MOMENTUM / 2 * journeys.momentum, _WATCHING)
    heat[:, EVALUATING] += _MOMENTUM * journeys.momentum
    return heat


def is_within(days: FloatArray, lead: IntArray, people: People, phases: Phases) -> BoolArray:
    """Tell which moments lie after the lead came in and before the end of its story."""
    return (days > people.created[lead]) & (days < phases.ends[lead])
