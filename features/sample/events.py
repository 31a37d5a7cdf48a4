"""Events: columns of activities on their way to the table."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from features.arrays import FloatArray, IntArray
from features.sample.seasons import DAYS, timestamps
from features.sample.vocabulary import MISSING, texts

AGENTS: Final = tuple(f"rep_{number:02d}" for number in range(1, 25))


def owner(lead: IntArray) -> IntArray:
    """Return the rep who owns the lead."""
    return lead * 7 % len(AGENTS)


@dataclass(frozen=True)
class Events:
    """Activities of one type, one element each.

    Attributes
    ----------
    kind : str
        The type of the activity.
    lead : numpy.ndarray
        int64, row of the lead.
    occurred : numpy.ndarray
        float64, days since the first day of the sample.
    recorded : numpy.ndarray
        float64, likewise; NaN where a machine recorded it at once.
    value : numpy.ndarray
        float64: minutes of a call, meeting or seminar, seconds on a page, 1 to 5 of a survey; else NaN.
    agent : numpy.ndarray
        int64, place in ``AGENTS``, ``MISSING`` where no person took part.
    """

    kind: str
    lead: IntArray
    occurred: FloatArray
    recorded: FloatArray
    value: FloatArray
    agent: IntArray

    @classmethod
    def automatic(cls, kind: str, lead: IntArray, occurred: FloatArray, value: FloatArray | None = None) -> "Events":
        """Build events that a machine recorded when they happened."""
        blank = np.full(len(lead), np.nan)
        return cls(kind, lead, occurred, blank, blank if value is None else value, np.full(len(lead), MISSING))

    def __len__(self) -> int:
        return len(self.lead)

    def take(self, rows: IntArray) -> "Events":
        """Return the given events."""
        columns = ("lead", "occurred", "recorded", "value", "agent")
        return replace(self, **{name: getattr(self, name)[rows] for name in columns})


def activities_table(parts: Iterable[Events], lead_ids: pd.Series) -> pd.DataFrame:
    """Return all events that the CRM knows of at the end, in the order of happening."""
    known = [part.take(np.flatnonzero(np.fmax(part.occurred, part.recorded) < DAYS)) for part in parts]
    occurred = np.concatenate([part.occurred for part in known])
    lead = np.concatenate([part.lead for part in known])
    kind = np.repeat(np.arange(len(known)), [len(part) for part in known])
    order = _one_a_second(lead, kind, occurred)
    return pd.DataFrame(
        {
            "lead_id": texts(lead_ids, lead[order]),
            "type": texts((part.kind for part in known), kind[order]),
            "occurred_at": timestamps(occurred[order]),
            "recorded_at": timestamps(np.concatenate([part.recorded for part in known])[order]),
            "value": np.concatenate([part.value for part in known])[order],
            "agent": texts(AGENTS, np.concatenate([part.agent for part in known])[order]),
        }
    )


def _one_a_second(lead: IntArray, kind: IntArray, occurred: FloatArray) -> IntArray:
    """Return the events in the order of happening, one of a kind a second: times are written in whole seconds."""
    order = np.argsort(occurred, kind="stable")
    second = np.floor(occurred * 86_400).astype(np.int64)
    key = (second * (lead.max(initial=0) + 1) + lead) * (kind.max(initial=0) + 1) + kind
    return order[~pd.Series(key[order]).duplicated().to_numpy()]
