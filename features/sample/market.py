"""Companies: the market that the leads come from."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray, IntArray
from features.sample.chance import happens
from features.sample.identifiers import identifiers
from features.sample.vocabulary import Vocabulary, with_gaps, with_nan

INDUSTRY: Final = Vocabulary.of(
    [
        ("manufacturing", 22, 0.25),
        ("it_services", 17, 0.45),
        ("wholesale", 11, 0.1),
        ("retail", 9, -0.1),
        ("construction", 8, -0.3),
        ("professional_services", 8, 0.2),
        ("logistics", 6, 0.15),
        ("healthcare", 5, -0.15),
        ("finance", 5, 0.3),
        ("real_estate", 4, -0.25),
        ("education", 3, -0.7),
        ("government", 1.2, -0.8),
        ("agriculture", 0.5, -0.5),
        ("mining", 0.2, -0.4),
    ]
)
COUNTRY: Final = Vocabulary.of(
    [
        ("JP", 82, 0.1),
        ("US", 5, -0.2),
        ("SG", 3, 0.0),
        ("TW", 3, -0.1),
        ("TH", 2, -0.3),
        ("VN", 2, -0.5),
        ("DE", 1.5, -0.4),
        ("GB", 1.2, -0.3),
        ("AU", 0.3, -0.3),
    ]
)
_LARGEST_COMPANY_LEADS: Final = 60


@dataclass(frozen=True)
class Market:
    """What is true of each company, whether the CRM knows it or not.

    Attributes
    ----------
    people : numpy.ndarray
        int64, how many leads the company has; heavy-tailed.
    industry, country : numpy.ndarray
        int64, codes in ``INDUSTRY`` and ``COUNTRY``.
    employees, annual_revenue : numpy.ndarray
        float64, head count and JPY a year.
    founded_year : numpy.ndarray
        float64.
    listed : numpy.ndarray
        bool, whether its shares are traded.
    interest : numpy.ndarray
        float64, standard normal: the part of the intent that colleagues share.
    burst : numpy.ndarray
        float64 in [0, 1): when in the three years something happens that interests the whole company.
    """

    people: IntArray
    industry: IntArray
    country: IntArray
    employees: FloatArray
    annual_revenue: FloatArray
    founded_year: FloatArray
    listed: BoolArray
    interest: FloatArray
    burst: FloatArray

    def fit(self) -> FloatArray:
        """Return what the company adds to the fit of its people, in log-odds: mid-sized companies fit best."""
        size = -0.16 * np.square(np.log(self.employees) - np.log(300.0)) / 2 + 0.2
        known = INDUSTRY.effect(self.industry) + COUNTRY.effect(self.country) + size
        return np.asarray(np.where(self.listed, known + 0.1, known), dtype=np.float64)


def draw_market(rng: np.random.Generator, leads: int) -> Market:
    """Draw as many companies as it takes to employ the given number of leads."""
    people = np.minimum(rng.zipf(2.3, leads + 1), _LARGEST_COMPANY_LEADS)
    people = people[: np.searchsorted(np.cumsum(people), leads) + 1]
    size = len(people)
    employees = np.clip(np.round(rng.lognormal(np.log(130.0), 1.5, size) * people**0.25), 1, 300_000)
    return Market(
        people=people,
        industry=INDUSTRY.draw(rng, size),
        country=COUNTRY.draw(rng, size),
        employees=employees,
        annual_revenue=np.round(employees * np.exp(rng.normal(np.log(2.2e7), 0.6, size)), -6),
        founded_year=np.round(2024 - rng.gamma(2.0, 16.0, size)).clip(1870, 2024),
        listed=happens(rng, size, 0.25 * np.clip(np.log10(employees) - 2, 0, 2)),
        interest=rng.standard_normal(size),
        burst=rng.random(size),
    )


def companies_table(rng: np.random.Generator, market: Market) -> pd.DataFrame:
    """Return the companies as the CRM has them, with its gaps."""
    size = len(market.people)
    return pd.DataFrame(
        {
            "company_id": identifiers("001", size),
            "industry": INDUSTRY.texts(with_gaps(rng, market.industry, 0.08)),
            "employees": with_nan(rng, market.employees, 0.15),
            "annual_revenue": with_nan(rng, market.annual_revenue, 0.45),
            "country": COUNTRY.texts(with_gaps(rng, market.country, 0.03)),
            "founded_year": with_nan(rng, market.founded_year, 0.35),
            "listed": pd.Series(market.listed).map({True: "true", False: "false"}),
        }
    )
