"""The simulation as a whole: from one seed to the seven tables."""

from typing import Final

import numpy as np
import pandas as pd

from features.sample.conversations import conversation_events, qualifications_table
from features.sample.custom_fields import custom_columns
from features.sample.deals import deals_table, outcome_columns
from features.sample.events import activities_table
from features.sample.identifiers import identifiers
from features.sample.journeys import Journeys, draw_journeys
from features.sample.leaks import LEAKING_FIELD, contract_reviews, onboarding_plan
from features.sample.mail import mail_events
from features.sample.market import Market, companies_table, draw_market
from features.sample.people import People, draw_people, person_columns
from features.sample.phases import draw_phases
from features.sample.seasons import timestamps
from features.sample.stages import TRACK, current_track, stage_table, track_history
from features.sample.web import web_events

SEED: Final = 20_230_701
LEADS: Final = 20_000


def simulate(leads: int = LEADS, seed: int = SEED) -> dict[str, pd.DataFrame]:
    """Simulate three years of a CRM.

    Parameters
    ----------
    leads : int
        How many leads come in; about twenty activities follow for each.
    seed : int
        The same number of leads and seed give the same tables.

    Returns
    -------
    dict of str to pandas.DataFrame
        The seven canonical tables by name; times are ``datetime64[ms, UTC]``, everything else text or float64.

    Raises
    ------
    ValueError
        If fewer than one lead is asked for.
    """
    if leads < 1:
        raise ValueError(f"a sample needs at least 1 lead, {leads} were asked for; give a positive number")
    rng = np.random.default_rng(seed)
    market = draw_market(rng, leads)
    people = draw_people(rng, market, leads)
    journeys = draw_journeys(rng, market, people)
    companies = companies_table(rng, market)
    table = _leads_table(rng, market, people, journeys, companies["company_id"])
    return {"companies": companies, **_dated_tables(rng, people, journeys, table)}


def _leads_table(
    rng: np.random.Generator, market: Market, people: People, journeys: Journeys, company_ids: pd.Series
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "lead_id": identifiers("00Q", len(people)),
            "created_at": timestamps(people.created),
            **person_columns(rng, people, company_ids),
            **outcome_columns(rng, journeys),
            **custom_columns(rng, market, people, journeys),
            LEAKING_FIELD: onboarding_plan(rng, journeys),
        }
    )


def _dated_tables(
    rng: np.random.Generator, people: People, journeys: Journeys, leads: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    phases = draw_phases(rng, people, journeys)
    lead_ids = leads["lead_id"]
    conversations = conversation_events(rng, people, phases)
    reviews = contract_reviews(rng, journeys)
    events = [*web_events(rng, people, phases), *mail_events(rng, people, phases), *conversations, reviews]
    stages = stage_table(rng, people, journeys, phases.ends, lead_ids)
    history = track_history(rng, stages)
    return {
        "leads": leads.assign(**{TRACK: current_track(history, lead_ids)}),
        "deals": deals_table(rng, people, journeys, leads),
        "activities": activities_table(events, lead_ids),
        "qualifications": qualifications_table(rng, conversations, people, journeys, lead_ids),
        "stage_history": stages,
        "field_history": history,
    }
