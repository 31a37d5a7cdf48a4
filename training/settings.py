"""What a training is told."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from features.wording import Language

DEFAULT_SEED: Final = 20260101


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """The choices of one training, all of them recorded with its run.

    Attributes
    ----------
    source : str
        A folder of tables, or the URL of a database.
    language : {"en", "ja"}
        Of the report.
    time_zone : str
        The IANA zone of times without an offset.
    data_end : pandas.Timestamp or None
        The instant at which the data end, with its zone; the latest dated row where it is not given.
    horizon_days : int or None
        How far the label looks ahead; chosen by what the data afford where it is not given.
    exclude : frozenset of str
        Custom columns, as ``table.column``, that must not become features.
    seed : int
        Decides everything that is drawn by lot.
    """

    source: str
    language: Language = "en"
    time_zone: str = "UTC"
    data_end: pd.Timestamp | None = None
    horizon_days: int | None = None
    exclude: frozenset[str] = frozenset()
    seed: int = DEFAULT_SEED
