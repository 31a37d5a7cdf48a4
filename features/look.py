"""A request brings one lead at one instant, for which plain numbers take a fraction of the time of arrays."""

from features.lead_source import LeadSource
from features.one_lead import LeadView
from features.records import Records
from features.snapshots import Snapshots


def look_at_lead(records: Records, snapshots: Snapshots, excluded: frozenset[str]) -> LeadView | None:
    """Return the view of the one lead that a request brought along; None where there may be several snapshots."""
    source = records.source
    if len(snapshots) != 1 or not isinstance(source, LeadSource):
        return None
    return LeadView(source.tables, int(snapshots.as_of_ms[0]), excluded)
