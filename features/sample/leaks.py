"""Two leaks planted on purpose: what real CRMs hold that tells the outcome because it was written after it."""

from typing import Final

import numpy as np
import pandas as pd

from features.sample.chance import happens
from features.sample.events import Events, owner
from features.sample.journeys import Journeys
from features.sample.seasons import DAYS
from features.sample.vocabulary import MISSING, texts

LEAKING_FIELD: Final = "onboarding_plan"
LATE_ACTIVITY: Final = "contract_review"
_PLANS: Final = ("standard", "express", "assisted")


def onboarding_plan(rng: np.random.Generator, journeys: Journeys) -> pd.Series:
    """Return a custom field that is filled in once a deal is won, and has no history that would tell so."""
    filled = happens(rng, len(journeys.wins), np.where(journeys.won, 0.93, 0.013))
    return texts(_PLANS, np.where(filled, rng.integers(len(_PLANS), size=len(filled)), MISSING))


def contract_reviews(rng: np.random.Generator, journeys: Journeys) -> Events:
    """Draw reviews of the contract that took place before the deal was closed and were recorded after it."""
    share = np.where(journeys.wins, 0.9, 0.02) * (journeys.buys & (journeys.closes < DAYS))
    lead = np.flatnonzero(happens(rng, len(share), share))
    closes = journeys.closes[lead]
    open_days = closes - journeys.deal_opens[lead]
    occurred = closes - open_days * rng.uniform(0.4, 0.95, len(lead))
    recorded = closes + rng.uniform(0.05, 14.0, len(lead))
    return Events(LATE_ACTIVITY, lead, occurred, recorded, np.full(len(lead), np.nan), owner(lead))
