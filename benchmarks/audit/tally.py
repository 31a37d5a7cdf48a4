"""Verdicts on columns whose nature is known, counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pandas as pd

from benchmarks.audit.planted import KINDS
from benchmarks.audit.worlds import bare_list, clean_crm, crm_with_planted
from features.data_end import data_end_ms
from features.tables import Tables
from training.audit import Audit, audit_columns
from training.labelling.preparation import prepare

_LEADS: Final = 8_000
OTHERS: Final = "all other columns"
SCENES: Final[Mapping[str, Callable[[int], dict[str, pd.DataFrame]]]] = MappingProxyType(
    {
        "CRM": lambda seed: crm_with_planted(_LEADS, seed),
        "closed leads": lambda seed: bare_list(_LEADS, seed, dated_closing=True),
        "without dates": lambda seed: bare_list(_LEADS, seed, dated_closing=False),
        "clean CRM": lambda seed: clean_crm(_LEADS, seed),
    }
)


@dataclass(frozen=True)
class Tally:
    """How often columns of each kind were seen, dropped, and warned of."""

    seen: Counter[str]
    dropped: Counter[str]
    warned: Counter[str]

    @property
    def recall(self) -> float:
        """The share of leaks that were dropped; one without any."""
        leaks = [kind for kind in self.seen if _nature(kind) == "leak"]
        return self._share(leaks) if leaks else 1.0

    @property
    def false_alarms(self) -> float:
        """The share of honest columns that were dropped."""
        return self._share([kind for kind in self.seen if _nature(kind) == "honest"])

    def shown(self, kind: str) -> str:
        """Return the shares of one kind."""
        if not self.seen[kind]:
            return ""
        warned = self.warned[kind] / self.seen[kind]
        return f"{self.dropped[kind] / self.seen[kind]:.0%}" + (f" ({warned:.0%})" if warned else "")

    def _share(self, kinds: Iterable[str]) -> float:
        kinds = list(kinds)
        return sum(self.dropped[kind] for kind in kinds) / sum(self.seen[kind] for kind in kinds)


def tally(scene: str, seeds: Iterable[int]) -> Tally:
    """Audit a scene once a seed."""
    total = Tally(Counter(), Counter(), Counter())
    for seed in seeds:
        for verdict in audited(SCENES[scene](seed), seed).verdicts:
            kind = verdict.column if verdict.column in KINDS else OTHERS
            total.seen[kind] += 1
            total.dropped[kind] += verdict.level == "drop"
            total.warned[kind] += verdict.level == "warn"
    return total


def audited(frames: dict[str, pd.DataFrame], seed: int) -> Audit:
    """Audit the tables of a scene."""
    tables = Tables.from_frames(time_zone="UTC", **frames)
    return audit_columns(prepare(tables, data_end_ms(tables)), frozenset(), seed)


def _nature(kind: str) -> str:
    return KINDS.get(kind, "honest")
