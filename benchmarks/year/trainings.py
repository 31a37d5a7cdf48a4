"""Trainings as people start them, on what the CRM exports on a day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from benchmarks.year.requests import UNKNOWN_TO_REQUESTS, export
from benchmarks.year.workplace import Workplace

_HORIZON_DAYS: Final = "60"
_VERSION: Final = re.compile(r"\bversion (\d+)")
_SAID_AT_LAST: Final = 500


@dataclass(frozen=True)
class Training:
    """What a training said.

    Attributes
    ----------
    version : str
        The new version; empty where it failed.
    decision : str
        Whether it was promoted, and why.
    is_champion : bool
        Whether the new version scores leads now.
    told : str
        For the story.
    """

    version: str
    decision: str
    is_champion: bool
    told: str


def train(work: Workplace, tables: Mapping[str, pd.DataFrame], day: pd.Timestamp) -> Training:
    """Train on what a CRM exports on a day."""
    folder = f"crm-{day:%Y-%m-%d}"
    export(tables, work.folder / folder, day)
    excluded = ",".join(f"features.{name}" for name in UNKNOWN_TO_REQUESTS)
    ended = work.run(
        "training", "train", folder, DATA_END=day.isoformat(), HORIZON_DAYS=_HORIZON_DAYS, EXCLUDE=excluded
    )
    model, decision = line(ended.stdout, "model"), line(ended.stdout, "decision")
    found = _VERSION.search(model)
    return Training(
        version=found.group(1) if found else "",
        decision=decision,
        is_champion="alias champion" in model,
        told=f"{model}\n{decision}" if model else ended.stderr[-_SAID_AT_LAST:],
    )


def line(said: str, label: str) -> str:
    """Return what follows a label on the terminal; empty where it is not there."""
    return next((line.removeprefix(label).strip() for line in said.splitlines() if line.startswith(label)), "")
