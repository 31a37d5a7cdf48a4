"""A request brings one lead at one instant, for which plain numbers take a fraction of the time of arrays."""

from collections.abc import Mapping

from features.answer import Answer
from features.lead_source import LeadSource
from features.one_lead import LeadView, lead_answers
from features.records import Records
from features.snapshots import Snapshots

_NOTHING: frozenset[str] = frozenset()


def look_at_lead(records: Records, snapshots: Snapshots, excluded: frozenset[str]) -> LeadView | None:
    """Return the view of the one lead that a request brought along; None where there may be several snapshots."""
    source = _request(records, snapshots)
    return None if source is None else LeadView(source.tables, int(snapshots.as_of_ms[0]), excluded)


def answers_of_lead(records: Records, snapshots: Snapshots) -> Mapping[str, Answer] | None:
    """Return the latest answers of the one lead that a request brought along; None as above."""
    source = _request(records, snapshots)
    if source is None:
        return None
    return lead_answers(source.tables.get("qualifications", ()), int(snapshots.as_of_ms[0]), _NOTHING)


def _request(records: Records, snapshots: Snapshots) -> LeadSource | None:
    return records.source if len(snapshots) == 1 and isinstance(records.source, LeadSource) else None
