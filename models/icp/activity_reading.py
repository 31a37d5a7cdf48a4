"""The engagement part of ``icp.toml``."""

import math
from typing import Final

from features.catalogue.numerals import grouped
from features.catalogue.occurrence import OCCURRENCES
from features.catalogue.sentence import NumberSentence, labelled
from features.rules_file import Section
from features.streams import KNOWN_TYPES
from features.validation import nearest
from features.wording import Wording
from models.icp.criterion import comparable
from models.icp.engagement import ActivityPoints, EngagementPoints

MOST_POINTS: Final = 1000
_SHORTEST_DAYS: Final = 0.01
_LONGEST_DAYS: Final = 36_500


def engagement_of(section: Section) -> EngagementPoints:
    """Read the points of every activity type."""
    half_life_days = section.number("half_life_days", least=_SHORTEST_DAYS, most=_LONGEST_DAYS)
    types = section.section("types")
    _note_repeated(types)
    return EngagementPoints(tuple(_activity(types, name, half_life_days) for name in types.free_keys()))


def _activity(types: Section, name: str, half_life_days: float) -> ActivityPoints:
    section = types.section(name)
    return ActivityPoints(
        type=name,
        sentence=_sentence(section, name),
        points=section.number("points", least=-MOST_POINTS, most=MOST_POINTS),
        half_life_days=_half_life_days(section, half_life_days),
        cap=section.number("cap", least=0, most=MOST_POINTS) if "cap" in section else math.inf,
    )


def _half_life_days(section: Section, usual: float) -> float:
    own = section.number("half_life_days", least=_SHORTEST_DAYS, most=_LONGEST_DAYS, otherwise=usual)
    if section.flag("decays", otherwise=True):
        return own
    if "half_life_days" in section:
        section.note("half_life_days", "what never decays has no half-life", "Remove it, or decays = false.")
    return math.inf


def _sentence(section: Section, name: str) -> NumberSentence:
    """Return what says how many there were; a type of the company's own needs a name, so a slip of the pen shows."""
    if "name" in section:
        return labelled(section.wording("name"), grouped)
    if name in KNOWN_TYPES:
        return OCCURRENCES[name].count_sentence(None)
    near = nearest(name, sorted(KNOWN_TYPES))
    remedy = f"Did you mean {near!r}? " if near else ""
    own = 'For a type of your own, add name = { en = "...", ja = "..." }.'
    section.note("", "a well-known activity type, or a name for it, is required", remedy + own, found=repr(name))
    return labelled(Wording(name, name))


def _note_repeated(types: Section) -> None:
    seen: dict[str, str] = {}
    for name in types.free_keys():
        first = seen.setdefault(comparable(name), name)
        if first != name:
            types.note(name, "every type stands once", f"It is the same as {first!r}.", found=repr(name))
