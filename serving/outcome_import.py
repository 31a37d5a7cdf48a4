"""Brings the stored outcomes in line with what a CRM says."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from features.instant import MS_PER_DAY
from serving.crm_outcomes import CrmOutcomes
from serving.outcome import Outcome
from serving.outcome_store import OutcomeStore

_AT_ONCE: Final = 500
_TOLERANCE_MS: Final = MS_PER_DAY
"""An export often keeps only the day of a closing, which began up to a day before the time that was reported."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A lead of which the store and the CRM say something different.

    Attributes
    ----------
    stored : Outcome
        What had been reported before.
    crm : Outcome or None
        What the CRM says; None where it calls the lead open, as when a deal is taken up again.
    """

    stored: Outcome
    crm: Outcome | None


@dataclass
class Tally:
    """What became of the outcomes of an export.

    Attributes
    ----------
    counts : collections.Counter
        By status, as ``outcome_store.Recorded`` has it; ``removed`` for leads that are open again, ``newer`` for those
        that ended after the export.
    disagreements : list of Disagreement
        Those that stand.
    """

    counts: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)


def import_outcomes(store: OutcomeStore, found: CrmOutcomes, tell: Callable[[int], None], *, replace: bool) -> Tally:
    """Store what an export says; to do it again changes nothing.

    Parameters
    ----------
    store : OutcomeStore
    found : CrmOutcomes
        What the export says.
    tell : callable
        Told the number of leads of each part that is done.
    replace : bool
        Whether the CRM is right where the two disagree. Else what is stored stays, and is listed.

    Raises
    ------
    StoreError
        Where the database is away or refuses; what was stored before that stays, and the command can be repeated.
    """
    tally = Tally()
    for start in range(0, len(found.decided), _AT_ONCE):
        part = found.decided[start : start + _AT_ONCE]
        newer = _newer(store, [one.lead_id for one in part], found.until_ms)
        tally.counts["newer"] += len(newer)
        _record(store, [one for one in part if one.lead_id not in newer], tally, replace=replace)
        tell(len(part))
    for start in range(0, len(found.open_ids), _AT_ONCE):
        part_ids = found.open_ids[start : start + _AT_ONCE]
        newer = _newer(store, part_ids, found.until_ms)
        _reopen(store, [one for one in part_ids if one not in newer], tally, replace=replace)
    return tally


def _newer(store: OutcomeStore, lead_ids: Sequence[str], until_ms: int) -> set[str]:
    """Return the leads whose stored end came after the export was made: it cannot say anything of that."""
    return {lead_id for lead_id, stored in store.all_of(lead_ids).items() if stored.closed_at_ms > until_ms}


def _record(store: OutcomeStore, part: Sequence[Outcome], tally: Tally, *, replace: bool) -> None:
    recorded = store.record(part, replace=replace, tolerance_ms=_TOLERANCE_MS)
    for one, said in zip(recorded, part, strict=True):
        tally.counts[one.status] += 1
        if one.status == "contradiction":
            tally.disagreements.append(Disagreement(one.stored, said))


def _reopen(store: OutcomeStore, open_ids: Sequence[str], tally: Tally, *, replace: bool) -> None:
    if replace:
        tally.counts["removed"] += store.remove(open_ids)
        return
    tally.disagreements.extend(Disagreement(stored, None) for stored in store.all_of(open_ids).values())
