"""All that was found out about one subject."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from training.audit.evidence.alone import Alone
from training.audit.evidence.backdated import Backdated
from training.audit.evidence.changed_after import ChangedAfter
from training.audit.evidence.closing_time import ClosingTime
from training.audit.evidence.drift import Drift
from training.audit.evidence.evidence import Evidence
from training.audit.evidence.filled import Filled
from training.audit.evidence.gain import Gain
from training.audit.evidence.group import Group
from training.audit.evidence.identity import Identity
from training.audit.evidence.no_win_beyond import NoWinBeyond
from training.audit.evidence.one_outcome import OneOutcome
from training.audit.evidence.open_leads import OpenLeads
from training.audit.evidence.shuffled import Shuffled
from training.audit.evidence.similar import Similar
from training.audit.evidence.suspicious_name import SuspiciousName
from training.audit.subjects import Subject


@dataclass(frozen=True)
class Dossier:
    """The evidence about a subject; None where a kind does not apply, or found nothing."""

    subject: Subject
    alone: Alone | None = None
    gain: Gain | None = None
    shuffled: Shuffled | None = None
    filled: Filled | None = None
    one_outcome: OneOutcome | None = None
    no_win_beyond: NoWinBeyond | None = None
    open_leads: OpenLeads | None = None
    closing_time: ClosingTime | None = None
    backdated: Backdated | None = None
    changed_after: ChangedAfter | None = None
    group: Group | None = None
    identity: Identity | None = None
    suspicious_name: SuspiciousName | None = None
    similar: Similar | None = None
    drift: Drift | None = None

    @property
    def is_cleared(self) -> bool:
        """Whether open leads show the column to be honest."""
        return self.open_leads is not None and self.open_leads.clears

    @property
    def is_edged(self) -> bool:
        """Whether nothing was ever won on one end of the column."""
        return self.no_win_beyond is not None and self.no_win_beyond.tells

    def plus(self, **evidence: Any) -> "Dossier":
        """Return the dossier with more evidence."""
        return replace(self, **evidence)

    def evidence(self) -> Iterator[Evidence]:
        """Yield what there is."""
        kinds = (
            self.alone,
            self.gain,
            self.shuffled,
            self.filled,
            self.one_outcome,
            self.no_win_beyond,
            self.open_leads,
            self.closing_time,
            self.backdated,
            self.changed_after,
            self.group,
            self.identity,
            self.suspicious_name,
            self.similar,
            self.drift,
        )
        yield from (one for one in kinds if one is not None)
