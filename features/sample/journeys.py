"""Journeys: what becomes of each lead, and how keen it is on the way.

Everything here is drawn before a single activity is, and from the latent fit and intent alone. So an activity can only
ever hint at the intent behind it; the outcome itself is a draw that nothing observable decides.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.sample.chance import happens, likelihood
from features.sample.market import Market
from features.sample.people import NO_COMPANY, People
from features.sample.seasons import DAYS, elapsed, in_office_hours, pulled_to_fiscal_end, season_of_winning
from features.sample.vocabulary import Vocabulary

PRODUCT: Final = Vocabulary.of(
    [
        ("recruiting", 14, 0.1),
        ("e_signature", 16, 0.15),
        ("attendance", 22, 0.1),
        ("expense", 16, 0.0),
        ("sales_support", 14, -0.1),
        ("security", 10, 0.0),
        ("erp", 7, -0.3),
        ("iot_sensor", 1, -0.2),
    ]
)
_MEDIAN_DAYS_TO_DECIDE: Final = np.array([18.0, 23.0, 32.0, 42.0, 70.0, 95.0, 200.0, 130.0])
_PROJECT_BASE: Final = -1.3
_PROJECT_FIT: Final = 0.85
_PROJECT_INTEREST: Final = 1.7
_WIN_BASE: Final = -0.45
_WIN_FIT: Final = 0.35
_WIN_INTEREST: Final = 0.55
_WIN_MOMENTUM: Final = 1.0
_WIN_DRIFT: Final = -0.5
"""How much the log-odds of winning fall over the three years."""
_QUIET_DAYS: Final = 180.0


@dataclass(frozen=True)
class Journeys:
    """The course of each lead; moments are days since the first day of the sample and may lie after its end.

    Attributes
    ----------
    product : numpy.ndarray
        int64, code in ``PRODUCT``: what the lead is really about.
    buys : numpy.ndarray
        bool, whether there is a project, one that leads to a deal.
    wins : numpy.ndarray
        bool, whether that deal is won.
    momentum : numpy.ndarray
        float64, standard normal: how the intent changed by the time of the deal.
    starts, deal_opens, decides : numpy.ndarray
        float64, when the project (or, without one, a passing interest) starts, becomes a deal, and is decided
        or drops asleep.
    closes : numpy.ndarray
        float64, when the CRM learns of the end; infinite for a lead that stays open for ever.
    disqualified : numpy.ndarray
        bool, whether the lead is thrown out early.
    burst : numpy.ndarray
        float64, when a passing interest comes up before all that; infinite where none does.
    """

    product: IntArray
    buys: BoolArray
    wins: BoolArray
    momentum: FloatArray
    starts: FloatArray
    deal_opens: FloatArray
    decides: FloatArray
    closes: FloatArray
    disqualified: BoolArray
    burst: FloatArray

    @property
    def won(self) -> BoolArray:
        """Which leads are won within the three years."""
        return self.wins & (self.closes < DAYS)

    @property
    def lost(self) -> BoolArray:
        """Which leads are lost within the three years."""
        return ~self.wins & (self.closes < DAYS)

    @property
    def has_deal(self) -> BoolArray:
        """Which leads have a deal within the three years."""
        return self.buys & (self.deal_opens < DAYS)


def draw_journeys(rng: np.random.Generator, market: Market, people: People) -> Journeys:
    """Draw the course of every lead from its fit and its intent."""
    size = len(people)
    product = PRODUCT.draw(rng, size)
    likely = _PROJECT_BASE + _PROJECT_FIT * (people.fit + PRODUCT.effect(product)) + _PROJECT_INTEREST * people.interest
    buys = happens(rng, size, likelihood(likely))
    disqualified = ~buys & happens(rng, size, likelihood(-1.3 - 0.6 * people.fit))
    starts = _project_start(rng, people, buys)
    deal_opens, decides = _decision(rng, product, starts)
    momentum = rng.standard_normal(size)
    wins = buys & happens(rng, size, likelihood(_log_odds_of_winning(people, momentum, decides)))
    closes = _closing(rng, people, decides, ~buys, buys & ~wins)
    closes = np.where(disqualified, in_office_hours(rng, people.created + 1.0 + rng.exponential(12.0, size)), closes)
    burst = _passing_interest(rng, market, people)
    return Journeys(product, buys, wins, momentum, starts, deal_opens, decides, closes, disqualified, burst)


def _log_odds_of_winning(people: People, momentum: FloatArray, decides: FloatArray) -> FloatArray:
    latent = _WIN_FIT * people.fit + _WIN_INTEREST * people.interest + _WIN_MOMENTUM * momentum
    return _WIN_BASE + latent + _WIN_DRIFT * elapsed(decides) + season_of_winning(decides)


def _project_start(rng: np.random.Generator, people: People, buys: BoolArray) -> FloatArray:
    """Draw when the project starts: mostly at once, else in the following year, as passing interests do."""
    size = len(people)
    at_once = happens(rng, size, np.where(buys, 0.7, 0.25))
    return people.created + np.where(at_once, rng.exponential(3.0, size), rng.exponential(110.0, size))


def _decision(rng: np.random.Generator, product: IntArray, starts: FloatArray) -> tuple[FloatArray, FloatArray]:
    size = len(starts)
    days = 2.0 + _MEDIAN_DAYS_TO_DECIDE[product] * np.exp(rng.normal(0.0, 0.6, size))
    opens = in_office_hours(rng, starts + days * rng.uniform(0.25, 0.7, size))
    deal_opens = np.maximum(opens, starts + 0.02)
    decides = in_office_hours(rng, pulled_to_fiscal_end(rng, starts + days, 0.35))
    return deal_opens, np.maximum(decides, deal_opens + 0.25)


def _closing(
    rng: np.random.Generator, people: People, decides: FloatArray, no_deal: BoolArray, lost: BoolArray
) -> FloatArray:
    """Draw when it is closed: by the 180-day rule where a deal, or a lead without one, just goes quiet."""
    size = len(people)
    asleep = lost & (happens(rng, size, 0.3))
    closes = np.where(asleep, in_office_hours(rng, decides + _QUIET_DAYS + rng.exponential(10.0, size)), decides)
    tidied = in_office_hours(rng, np.maximum(decides, people.created) + _QUIET_DAYS + rng.exponential(30.0, size))
    return np.where(no_deal, np.where(happens(rng, size, 0.5), tidied, np.inf), closes)


def _passing_interest(rng: np.random.Generator, market: Market, people: People) -> FloatArray:
    """Draw when a passing interest comes up; half of them come from the company and reach the colleagues too."""
    size = len(people)
    shared = DAYS * market.burst[people.company]
    own = people.created + rng.uniform(5.0, 300.0, size)
    joint = (people.company != NO_COMPANY) & (shared > people.created) & (happens(rng, size, 0.6))
    return np.where(joint, shared, np.where(happens(rng, size, 0.25), own, np.inf))
