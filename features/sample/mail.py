"""Marketing mail: sent at a cadence, opened, clicked, answered, or unsubscribed from."""

from typing import Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.sample.chance import happens, likelihood
from features.sample.events import Events
from features.sample.people import People
from features.sample.phases import Phases
from features.sample.seasons import busy, in_office_hours

_WARMTH: Final = np.array([0.8, 0.0, 0.8, 0.0, 0.7, 0.7, 0.0])
"""How much more readily mail is answered in each phase, in log-odds."""
_DAILY: Final = np.array([0.15, 0.045, 0.045, 0.045, 0.045, 0.03, 0.045])
_HALF_LIFE_DAYS: Final = 240.0
"""Old leads are written to less and less."""
_HOUR: Final = 1 / 24


def mail_events(rng: np.random.Generator, people: People, phases: Phases) -> list[Events]:
    """Draw the mail to every lead and what the lead does with it."""
    lead, phase, days = phases.moments(rng, _DAILY * np.ones(phases.heat.shape))
    days = in_office_hours(rng, days)
    kept = _kept(rng, lead, days, people, phases)
    sent = Events.automatic("email_sent", lead[kept], days[kept])
    warmth = _WARMTH[phase[kept]] + 0.8 * phases.heat[lead[kept], phase[kept]]
    opened, row = _answers(rng, "email_open", sent, -1.15 + warmth)
    clicked, _ = _answers(rng, "email_click", opened, -1.9 + warmth[row])
    replied, _ = _answers(rng, "email_reply", opened, -4.2 + 1.3 * warmth[row])
    left, _ = _answers(rng, "unsubscribe", opened, -4.0 - 0.5 * warmth[row])
    return _until_unsubscribed(left, [sent, opened, clicked, replied], len(people))


def _kept(rng: np.random.Generator, lead: IntArray, days: FloatArray, people: People, phases: Phases) -> IntArray:
    kept = busy(rng, days)
    age = days[kept] - people.created[lead[kept]]
    in_time = (age > 0) & (days[kept] < phases.ends[lead[kept]])
    return kept[in_time & (happens(rng, len(kept), 0.5 ** (np.maximum(age, 0.0) / _HALF_LIFE_DAYS)))]


def _answers(rng: np.random.Generator, kind: str, to: Events, log_odds: FloatArray) -> tuple[Events, IntArray]:
    row = np.flatnonzero(happens(rng, len(to), likelihood(log_odds)))
    delay = _HOUR * rng.lognormal(0.5, 1.2, len(row))
    return Events.automatic(kind, to.lead[row], to.occurred[row] + delay), row


def _until_unsubscribed(left: Events, mail: list[Events], leads: int) -> list[Events]:
    """Stop the mail, and what follows from it, once a lead has unsubscribed."""
    gone = np.full(leads, np.inf)
    np.minimum.at(gone, left.lead, left.occurred)
    first = left.take(np.flatnonzero(left.occurred == gone[left.lead]))
    return [first, *(events.take(np.flatnonzero(events.occurred < gone[events.lead])) for events in mail)]
