"""People: who they are, where they came from and when."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from features.sample import titles
from features.sample.chance import happens
from features.sample.market import COUNTRY, Market
from features.sample.seasons import arrival_days, elapsed, in_office_hours
from features.sample.vocabulary import MISSING, Vocabulary, texts, with_gaps

SOURCE: Final = Vocabulary.of(
    [
        ("web", 24, 0.2),
        ("content", 16, -0.25),
        ("seminar", 13, 0.2),
        ("trade_show", 17, -0.35),
        ("referral", 6, 0.9),
        ("partner", 6, 0.45),
        ("outbound", 8, -0.45),
        ("advertisement", 10, 0.3),
    ]
)
_LATE_SOURCE_SHARES: Final = (26, 19, 11, 9, 5, 6, 6, 18)
ADVERTISEMENT: Final = SOURCE.values.index("advertisement")
_ADVERTISEMENT_DECAY: Final = 1.6
"""How much the log-odds of a lead from an advertisement fall over the three years."""

MAILBOX: Final = Vocabulary.of(
    [("company", 86, 0.1), ("free_mail", 11, -0.6), ("academic", 1.8, -1.2), ("disposable", 1.2, -1.8)]
)
_FREE_MAIL: Final = ("gmail.com", "yahoo.co.jp", "outlook.com", "icloud.com", "hotmail.com")
_DISPOSABLE: Final = ("mailinator.com", "yopmail.com", "guerrillamail.com")
_ACADEMIC: Final = ("sample-univ.ac.jp", "example-tech.ac.jp", "sample-college.edu")
_JAPANESE_REGIONS: Final = Vocabulary.of(
    [
        ("東京都", 40, 0.0),
        ("大阪府", 14, 0.0),
        ("愛知県", 10, 0.0),
        ("神奈川県", 9, 0.0),
        ("福岡県", 7, 0.0),
        ("埼玉県", 5, 0.0),
        ("兵庫県", 5, 0.0),
        ("北海道", 4, 0.0),
        ("宮城県", 3, 0.0),
        ("広島県", 3, 0.0),
    ]
)
_JAPAN: Final = COUNTRY.values.index("JP")
NO_COMPANY: Final = -1


@dataclass(frozen=True)
class People:
    """What is true of each lead when it comes in; one element a lead, in the order of coming in.

    Attributes
    ----------
    company : numpy.ndarray
        int64, row of the company in the market, ``NO_COMPANY`` for a lead without one.
    created : numpy.ndarray
        float64, days since the first day of the sample.
    title, source, mailbox, country : numpy.ndarray
        int64, codes in ``titles.ALL``, ``SOURCE``, ``MAILBOX`` and ``market.COUNTRY``.
    interest : numpy.ndarray
        float64, standard normal: the latent intent, 30 % of its variance shared with the colleagues.
    fit : numpy.ndarray
        float64, log-odds: the latent fit.
    """

    company: IntArray
    created: FloatArray
    title: IntArray
    source: IntArray
    mailbox: IntArray
    country: IntArray
    interest: FloatArray
    fit: FloatArray

    def __len__(self) -> int:
        return len(self.company)


def draw_people(rng: np.random.Generator, market: Market, size: int) -> People:
    """Draw the leads of the market."""
    company, created = _arrivals(rng, market, size)
    country = _country(rng, market, company)
    title = _title(rng, country)
    source = _source(rng, created)
    mailbox = np.where((company == NO_COMPANY) & happens(rng, size, 0.6), 1, MAILBOX.draw(rng, size))
    shared = np.where(company == NO_COMPANY, rng.standard_normal(size), market.interest[company])
    interest = np.sqrt(0.3) * shared + np.sqrt(0.7) * rng.standard_normal(size)
    firm = np.where(company == NO_COMPANY, -0.9, market.fit()[company])
    fit = firm + titles.ALL.effect(title) + MAILBOX.effect(mailbox) + source_effect(source, created)
    return People(company, created, title, source, mailbox, country, interest, fit + rng.normal(0.0, 0.3, size))


def source_effect(source: IntArray, created: FloatArray) -> FloatArray:
    """Return what the source adds to the fit: advertisements bring worse leads every year."""
    decay = np.where(source == ADVERTISEMENT, _ADVERTISEMENT_DECAY * elapsed(created), 0.0)
    return SOURCE.effect(source) - decay


def person_columns(rng: np.random.Generator, people: People, company_ids: pd.Series) -> dict[str, pd.Series]:
    """Return the columns of ``leads`` that say who somebody is, with the gaps of the CRM."""
    language = np.where((people.country == _JAPAN) ^ happens(rng, len(people), 0.04), 0, 1)
    region = np.where(people.country == _JAPAN, _JAPANESE_REGIONS.draw(rng, len(people)), MISSING)
    return {
        "company_id": texts(company_ids, people.company),
        "source": SOURCE.texts(with_gaps(rng, people.source, 0.03)),
        "campaign": _campaign(rng, people),
        "job_title": titles.ALL.texts(with_gaps(rng, people.title, 0.09)),
        "country": COUNTRY.texts(with_gaps(rng, people.country, 0.06)),
        "region": _JAPANESE_REGIONS.texts(with_gaps(rng, region, 0.2)),
        "language": texts(("ja", "en"), with_gaps(rng, language, 0.1)),
        "email": _email(rng, people),
    }


def _arrivals(rng: np.random.Generator, market: Market, size: int) -> tuple[IntArray, FloatArray]:
    company = np.repeat(np.arange(len(market.people)), market.people)[:size]
    first_contact = arrival_days(rng, len(market.people))
    follower = in_office_hours(rng, first_contact[company] + rng.exponential(50.0, size))
    alone = arrival_days(rng, size)
    created = np.where(happens(rng, size, 0.5) & (follower < alone.max()), follower, alone)
    company = np.where(happens(rng, size, 0.06), NO_COMPANY, company)
    order = np.argsort(created, kind="stable")
    return company[order], created[order]


def _country(rng: np.random.Generator, market: Market, company: IntArray) -> IntArray:
    elsewhere = (company == NO_COMPANY) | (happens(rng, len(company), 0.04))
    return np.where(elsewhere, COUNTRY.draw(rng, len(company)), market.country[company])


def _title(rng: np.random.Generator, country: IntArray) -> IntArray:
    in_english = (country != _JAPAN) ^ (happens(rng, len(country), 0.08))
    english = titles.ENGLISH.draw(rng, len(country)) + len(titles.JAPANESE.values)
    return np.where(in_english, english, titles.JAPANESE.draw(rng, len(country)))


def _source(rng: np.random.Generator, created: FloatArray) -> IntArray:
    early, late = np.array(SOURCE.shares), np.array(_LATE_SOURCE_SHARES)
    passed = elapsed(created)[:, None]
    cumulative = np.cumsum((1 - passed) * early / early.sum() + passed * late / late.sum(), axis=1)
    beyond = rng.random((len(created), 1)) > cumulative[:, :-1]
    return np.asarray(np.count_nonzero(beyond, axis=1), dtype=np.int64)


def _campaign(rng: np.random.Generator, people: People) -> pd.Series:
    quarters = [f"{2023 + (quarter + 2) // 4}q{(quarter + 2) % 4 + 1}" for quarter in range(12)]
    names = [f"{source}-{quarter}" for source in SOURCE.values for quarter in quarters]
    quarter = np.minimum(elapsed(people.created) * 12, 11).astype(np.int64)
    return texts(names, with_gaps(rng, people.source * 12 + quarter, 0.4))


def _email(rng: np.random.Generator, people: People) -> pd.Series:
    employer = np.where(people.company == NO_COMPANY, len(people) + np.arange(len(people)), people.company)
    number = pd.Series(employer, dtype="str")
    domain = ("company-" + number + ".example").to_numpy(dtype=object)
    for kind, hosts in enumerate((_FREE_MAIL, _ACADEMIC, _DISPOSABLE), start=1):
        host = np.array(hosts, dtype=object)[rng.integers(len(hosts), size=len(people))]
        domain = np.where(people.mailbox == kind, host, domain)
    address = "contact." + pd.Series(np.arange(len(people)), dtype="str") + "@" + pd.Series(domain, dtype="str")
    return address.mask(happens(rng, len(people), 0.04))
