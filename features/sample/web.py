"""Behaviour on the web and at occasions: visits, forms, papers, seminars, trials."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.sample.events import Events
from features.sample.people import SOURCE, People
from features.sample.phases import Phases, is_within
from features.sample.seasons import busy, in_office_hours

_HOUR: Final = 1 / 24
_EARLIER_VISITS: Final = 0.7
_MINUTE: Final = 1 / 1440


@dataclass(frozen=True)
class _Rate:
    kind: str
    daily: tuple[float, ...]
    """Events a day in each of ``PHASES`` for a lead of average intent."""
    pull: float
    """How strongly the heat of the phase acts on them."""
    office: bool = False


_VISIT: Final = _Rate("page_view", (0.3, 0.003, 0.13, 0.003, 0.085, 0.06, 0.0025), 1.0)
_RATES: Final = (
    _Rate("form_submit", (0.02, 0.0003, 0.012, 0.0003, 0.009, 0.005, 0.0002), 1.1),
    _Rate("content_download", (0.04, 0.0007, 0.03, 0.0007, 0.018, 0.007, 0.0005), 1.0),
    _Rate("seminar_attend", (0.005, 0.0008, 0.006, 0.0008, 0.007, 0.003, 0.0006), 0.9, office=True),
    _Rate("event_visit", (0.001, 0.0004, 0.002, 0.0004, 0.002, 0.001, 0.0003), 0.7, office=True),
    _Rate("survey_answer", (0.003, 0.0005, 0.003, 0.0005, 0.003, 0.002, 0.0006), 0.5),
    _Rate("trial_signup", (0.004, 0.0001, 0.004, 0.0001, 0.005, 0.003, 0.0), 1.2),
)
_ARRIVES_BY: Final = {
    "web": "form_submit",
    "content": "content_download",
    "seminar": "seminar_attend",
    "trade_show": "event_visit",
    "advertisement": "form_submit",
    "partner": "form_submit",
}


def web_events(rng: np.random.Generator, people: People, phases: Phases) -> list[Events]:
    """Draw everything that the lead does by itself."""
    plain = [_drawn(rng, rate, people, phases) for rate in _RATES]
    trials = next(events for events in plain if events.kind == "trial_signup")
    visits = _visits(rng, people, phases)
    return [*_first_contacts(rng, people), *plain, visits, _product_use(rng, trials, people, phases)]


def _drawn(rng: np.random.Generator, rate: _Rate, people: People, phases: Phases) -> Events:
    lead, _, days = phases.moments(rng, np.array(rate.daily) * np.exp(rate.pull * phases.heat))
    days = in_office_hours(rng, days) if rate.office else days
    kept = busy(rng, days)
    kept = kept[is_within(days[kept], lead[kept], people, phases)]
    return _valued(rng, rate.kind, lead[kept], days[kept])


def _valued(rng: np.random.Generator, kind: str, lead: IntArray, days: FloatArray) -> Events:
    values = {
        "seminar_attend": lambda: np.round(rng.uniform(15, 60, len(lead))),
        "survey_answer": lambda: rng.integers(1, 6, len(lead)).astype(np.float64),
    }
    return Events.automatic(kind, lead, days, values[kind]() if kind in values else None)


def _first_contacts(rng: np.random.Generator, people: People) -> list[Events]:
    """Return the acts by which leads came in, within the minute after their records were made."""
    contacts = []
    for source, kind in _ARRIVES_BY.items():
        lead = np.flatnonzero(people.source == SOURCE.values.index(source))
        contacts.append(Events.automatic(kind, lead, people.created[lead] + _MINUTE * rng.random(len(lead))))
    return contacts


def _visits(rng: np.random.Generator, people: People, phases: Phases) -> Events:
    """Draw visits of one to a dozen pages, a minute or so apart."""
    earlier, later = _earlier(rng, people), _drawn(rng, _VISIT, people, phases)
    lead = np.concatenate([earlier.lead, later.lead])
    arrived = np.concatenate([earlier.occurred, later.occurred])
    pages = np.minimum(rng.geometric(0.65, len(lead)), 12)
    visit = np.repeat(np.arange(len(lead)), pages)
    place = np.arange(len(visit)) - np.repeat(np.cumsum(pages) - pages, pages)
    days = arrived[visit] + _MINUTE * place * rng.uniform(0.5, 2.0, len(visit))
    seconds = np.round(rng.lognormal(3.4, 0.9, len(visit)))
    return Events.automatic("page_view", lead[visit], days, seconds)


def _earlier(rng: np.random.Generator, people: People) -> Events:
    """Draw visits in the days before the lead told its name; tracking links them to it once it does."""
    visits = rng.poisson(_EARLIER_VISITS * np.exp(0.9 * people.interest))
    lead = np.repeat(np.arange(len(people)), visits)
    days = people.created[lead] - _HOUR - rng.exponential(3.0, len(lead))
    kept = np.flatnonzero(days > 0)
    return Events.automatic(_VISIT.kind, lead[kept], days[kept])


def _product_use(rng: np.random.Generator, trials: Events, people: People, phases: Phases) -> Events:
    """Draw the use of the product in the 30 days after a trial began; the keen use it more."""
    uses = rng.poisson(2.5 * np.exp(0.5 * people.interest[trials.lead]))
    lead = np.repeat(trials.lead, uses)
    days = in_office_hours(rng, np.repeat(trials.occurred, uses) + 30.0 * rng.beta(1.0, 2.0, len(lead)))
    kept = np.flatnonzero((days > np.repeat(trials.occurred, uses)) & is_within(days, lead, people, phases))
    return Events.automatic("product_use", lead[kept], days[kept])
