"""Deals, and the outcome of a lead that follows from them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray, IntArray
from features.sample.chance import happens
from features.sample.identifiers import identifiers
from features.sample.journeys import PRODUCT, Journeys
from features.sample.market import COUNTRY
from features.sample.people import People
from features.sample.seasons import DAYS, in_office_hours, timestamps
from features.sample.vocabulary import MISSING, Vocabulary, texts, with_gaps, with_nan

LOST_REASON: Final = Vocabulary.of(
    [
        ("price", 26, 0.0),
        ("competitor", 22, 0.0),
        ("budget_frozen", 16, 0.0),
        ("timing", 14, 0.0),
        ("missing_feature", 10, 0.0),
        ("no_response", 9, 0.0),
        ("in_house", 3, 0.0),
    ]
)
DISQUALIFIED_REASON: Final = Vocabulary.of(
    [
        ("not_a_fit", 40, 0.0),
        ("wrong_contact", 22, 0.0),
        ("student_or_private", 14, 0.0),
        ("competitor_research", 10, 0.0),
        ("duplicate", 8, 0.0),
        ("spam", 6, 0.0),
    ]
)
_NO_RESPONSE: Final = LOST_REASON.values.index("no_response")
_ASLEEP_DAYS: Final = 90.0
_OUTCOMES: Final = ("won", "lost", "open")
_WON, _LOST, _OPEN = range(3)
_MEDIAN_AMOUNT_JPY: Final = np.array([9e5, 6e5, 1.1e6, 1.0e6, 2.2e6, 3.5e6, 1.4e7, 4.0e6])
_JPY_IN_USD: Final = 150.0
_SECOND_PRODUCT_SHARE: Final = 0.03
_UPSELL_SHARE: Final = 0.08


@dataclass(frozen=True)
class _Deals:
    lead: IntArray
    opens: FloatArray
    closes: FloatArray
    outcome: IntArray
    product: IntArray


def deals_table(rng: np.random.Generator, people: People, journeys: Journeys, leads: pd.DataFrame) -> pd.DataFrame:
    """Return all deals opened within the three years, in the order of opening."""
    main = _main(journeys)
    parts = (main, _second_product(rng, main, journeys), _upsells(rng, journeys))
    deals = _Deals(*(np.concatenate(column) for column in zip(*(vars(part).values() for part in parts), strict=True)))
    order = np.argsort(deals.opens, kind="stable")
    deals = _Deals(*(column[order] for column in vars(deals).values()))
    size, domestic = len(order), people.country[deals.lead] == COUNTRY.values.index("JP")
    return pd.DataFrame(
        {
            "deal_id": identifiers("006", size),
            "lead_id": leads["lead_id"].take(deals.lead).reset_index(drop=True),
            "company_id": leads["company_id"].take(deals.lead).reset_index(drop=True),
            "created_at": timestamps(deals.opens),
            "closed_at": timestamps(np.where(deals.outcome == _OPEN, np.nan, deals.closes)),
            "outcome": texts(_OUTCOMES, deals.outcome),
            "amount": _amount(rng, deals.product, domestic),
            "currency": texts(("USD", "JPY"), domestic.astype(np.int64)),
            "product": PRODUCT.texts(with_gaps(rng, deals.product, 0.04)),
            "lost_reason": _lost_reason(rng, deals, journeys),
        }
    )


def outcome_columns(rng: np.random.Generator, journeys: Journeys) -> dict[str, pd.Series]:
    """Return the outcome of each lead: that of its deal, lost where it was disqualified or tidied up without one."""
    outcome = np.where(journeys.won, _WON, np.where(journeys.lost, _LOST, _OPEN))
    reason = np.where(journeys.buys, LOST_REASON.draw(rng, len(outcome)), _NO_RESPONSE)
    thrown_out = len(LOST_REASON.values) + DISQUALIFIED_REASON.draw(rng, len(outcome))
    codes = np.where(journeys.disqualified, thrown_out, reason)
    reasons = texts(LOST_REASON.values + DISQUALIFIED_REASON.values, with_gaps(rng, codes, 0.1))
    return {
        "outcome": texts(_OUTCOMES, outcome),
        "closed_at": timestamps(np.where(outcome == _OPEN, np.nan, journeys.closes)),
        "lost_reason": reasons.where(outcome == _LOST),
    }


def _main(journeys: Journeys) -> _Deals:
    lead = np.flatnonzero(journeys.has_deal)
    closes = journeys.closes[lead]
    outcome = np.where(closes >= DAYS, _OPEN, np.where(journeys.wins[lead], _WON, _LOST))
    return _Deals(lead, journeys.deal_opens[lead], closes, outcome, journeys.product[lead])


def _second_product(rng: np.random.Generator, main: _Deals, journeys: Journeys) -> _Deals:
    """Draw deals about a second product that a few leads look at and drop before they decide on the first."""
    rows = np.flatnonzero(happens(rng, len(main.lead), _SECOND_PRODUCT_SHARE))
    lead, opens = main.lead[rows], main.opens[rows]
    closes = opens + (journeys.decides[lead] - opens) * rng.uniform(0.4, 0.95, len(rows))
    outcome = np.where(closes < DAYS, _LOST, _OPEN)
    return _Deals(lead, opens, closes, outcome, PRODUCT.draw(rng, len(rows)))


def _upsells(rng: np.random.Generator, journeys: Journeys) -> _Deals:
    """Draw the later deals of customers who come back for more."""
    lead = np.flatnonzero(journeys.won & happens(rng, len(journeys.won), _UPSELL_SHARE))
    opens = in_office_hours(rng, journeys.closes[lead] + 30.0 + rng.exponential(150.0, len(lead)))
    lead, opens = lead[opens < DAYS], opens[opens < DAYS]
    closes = in_office_hours(rng, opens + 2.0 + rng.exponential(40.0, len(lead)))
    outcome = np.where(closes >= DAYS, _OPEN, np.where(happens(rng, len(lead), 0.6), _WON, _LOST))
    return _Deals(lead, opens, closes, outcome, PRODUCT.draw(rng, len(lead)))


def _amount(rng: np.random.Generator, product: IntArray, domestic: BoolArray) -> FloatArray:
    yen = _MEDIAN_AMOUNT_JPY[product] * rng.lognormal(0.0, 0.8, len(product))
    return with_nan(rng, np.where(domestic, np.round(yen, -4), np.round(yen / _JPY_IN_USD, -2)), 0.08)


def _lost_reason(rng: np.random.Generator, deals: _Deals, journeys: Journeys) -> pd.Series:
    asleep = deals.closes - journeys.decides[deals.lead] > _ASLEEP_DAYS
    codes = np.where(asleep, _NO_RESPONSE, with_gaps(rng, LOST_REASON.draw(rng, len(deals.lead)), 0.12))
    return LOST_REASON.texts(np.where(deals.outcome == _LOST, codes, MISSING))
