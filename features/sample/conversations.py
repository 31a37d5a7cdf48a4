"""Calls and meetings, entered by people some time after, and what is learnt in them about BANT-C."""

from typing import Final

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray, IntArray
from features.sample import titles
from features.sample.chance import happens
from features.sample.events import AGENTS, Events, owner
from features.sample.journeys import Journeys
from features.sample.people import People
from features.sample.phases import Phases, is_within
from features.sample.seasons import DAYS, busy, in_office_hours, timestamps
from features.sample.vocabulary import MISSING, texts

_CALLS_DAILY: Final = np.array([0.035, 0.002, 0.02, 0.002, 0.03, 0.035, 0.0015])
_MEETINGS_DAILY: Final = np.array([0.004, 0.0003, 0.006, 0.0003, 0.014, 0.03, 0.001])
_HOUR: Final = 1 / 24
_BUDGETS: Final = ("none", "may_buy", "can_buy", "will_buy")
_CAN_BUY: Final = _BUDGETS.index("can_buy")
_LEARNS: Final = 0.22
"""Share of conversations after which the rep writes down an answer."""


def conversation_events(rng: np.random.Generator, people: People, phases: Phases) -> list[Events]:
    """Draw the calls and the meetings."""
    calls = _drawn(rng, "call", _CALLS_DAILY * np.exp(0.5 * phases.heat), people, phases)
    meetings = _drawn(rng, "meeting", _MEETINGS_DAILY * np.exp(0.9 * phases.heat), people, phases)
    return [calls, meetings]


def _drawn(rng: np.random.Generator, kind: str, daily: FloatArray, people: People, phases: Phases) -> Events:
    lead, _, days = phases.moments(rng, daily)
    days = in_office_hours(rng, days)
    kept = busy(rng, days)
    kept = kept[is_within(days[kept], lead[kept], people, phases)]
    lead, days = lead[kept], days[kept]
    minutes = np.round(rng.lognormal(1.6, 0.8, len(lead)) if kind == "call" else 15.0 * rng.integers(2, 7, len(lead)))
    return Events(kind, lead, days, entered_later(rng, days), minutes, _agent(rng, lead))


def entered_later(rng: np.random.Generator, days: FloatArray) -> FloatArray:
    """Return when people get round to entering what happened: minutes later, or up to two days."""
    soon = _HOUR * rng.uniform(0.05, 1.0, len(days))
    return days + np.where(happens(rng, len(days), 0.7), soon, rng.uniform(0.1, 2.0, len(days)))


def _agent(rng: np.random.Generator, lead: IntArray) -> IntArray:
    """Mostly the rep who owns the lead."""
    stands_in = happens(rng, len(lead), 0.2)
    return np.where(stands_in, rng.integers(len(AGENTS), size=len(lead)), owner(lead))


def qualifications_table(
    rng: np.random.Generator, conversations: list[Events], people: People, journeys: Journeys, lead_ids: pd.Series
) -> pd.DataFrame:
    """Return what the reps wrote down; each conversation answers a few of the questions at most."""
    lead = np.concatenate([events.lead for events in conversations])
    answered = np.concatenate([events.recorded for events in conversations])
    rows = np.flatnonzero(happens(rng, len(lead), _LEARNS) & (answered < DAYS))
    rows = rows[np.argsort(answered[rows], kind="stable")]
    lead, answered = lead[rows], answered[rows]
    columns = _answers(rng, lead, answered, people, journeys)
    table = pd.DataFrame({"lead_id": texts(lead_ids, lead), "answered_at": timestamps(answered), **columns})
    return table[table.iloc[:, 2:].notna().any(axis=1)].reset_index(drop=True)


def _answers(
    rng: np.random.Generator, lead: IntArray, answered: FloatArray, people: People, journeys: Journeys
) -> dict[str, pd.Series]:
    size = len(lead)
    project = journeys.buys[lead]
    intent = 0.4 * people.interest[lead] + 0.5 * journeys.momentum[lead] * project + 0.4 * project
    budget = _graded(rng, intent, (-0.9, 0.4, 1.6))
    amount = np.round(np.exp(rng.normal(14.2, 0.9, size)), -4)
    return {
        "budget_status": _heard(rng, _BUDGETS, budget, 0.35),
        "budget_amount": pd.Series(np.where((budget >= _CAN_BUY) & happens(rng, size, 0.4), amount, np.nan)),
        "authority_role": _heard(rng, *_role(rng, people.title[lead]), 0.4),
        "purchase_process": _heard(rng, ("individual", "committee"), happens(rng, size, 0.7).astype(np.int64), 0.2),
        "need": _heard(rng, ("none", "nice", "should", "must"), _graded(rng, intent, (-1.3, 0.0, 1.3)), 0.45),
        "timeframe": _timeframe(rng, journeys.decides[lead] - answered, project),
        "competition": _heard(rng, ("none_known", "identified", "incumbent"), rng.integers(3, size=size), 0.25),
    }


def _graded(rng: np.random.Generator, intent: FloatArray, steps: tuple[float, ...]) -> IntArray:
    """Say the intent in words, with much noise."""
    return np.searchsorted(steps, intent + rng.standard_normal(len(intent)))


def _heard(rng: np.random.Generator, values: tuple[str, ...], codes: IntArray, share: float) -> pd.Series:
    return texts(values, np.where(happens(rng, len(codes), share), codes, MISSING))


def _role(rng: np.random.Generator, title: IntArray) -> tuple[tuple[str, ...], IntArray]:
    roles = ("other", "blocker", "end_user", "influencer", "champion", "executive_sponsor", "budget_holder")
    standing = 2.0 * titles.ALL.effect(title) + rng.standard_normal(len(title))
    return (*roles, "decision_maker"), np.searchsorted((-2.5, -2.0, -0.3, 0.4, 0.9, 1.4, 2.0), standing)


def _timeframe(rng: np.random.Generator, remaining: FloatArray, project: BoolArray) -> pd.Series:
    """Say roughly when the project will be decided; without one it is put off."""
    guess = np.where(project, np.maximum(remaining, 1.0), 400.0) * np.exp(rng.normal(0.0, 0.9, len(remaining)))
    names = ("immediate", "this_quarter", "next_quarter", "this_year", "later")
    return _heard(rng, names, np.searchsorted((15.0, 60.0, 150.0, 300.0), guess), 0.4)
