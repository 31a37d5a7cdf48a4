"""What a training is told."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from features.wording import Language
from training.capacity import Capacity
from training.promotion.kept_grades import DEFAULT_MODE, GradesMode

DEFAULT_SEED: Final = 20260101


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """The choices of one training, all of them recorded with its run.

    Attributes
    ----------
    source : str
        A folder of tables, or the URL of a database.
    crm : str
        The mapping that makes tables of a CRM's export, by name or path; empty where the source has the tables.
    language : {"en", "ja"}
        Of the report.
    time_zone : str
        The IANA zone of times without an offset.
    data_end : pandas.Timestamp or None
        The instant at which the data end, with its zone; the latest dated row where it is not given.
    horizon_days : int or None
        How far the label looks ahead; chosen by what the data afford where it is not given.
    capacity : Capacity or None
        How many leads may be graded A; the usual share where it is not given.
    grades : {"reset", "keep"}
        Whether grades begin by shares of the leads, or at the probabilities at which the champion's begin.
    exclude : frozenset of str
        Columns, as ``table.column``, types of activity and features that must not be seen.
    audit_file : str
        The path of the file that overrides the audit; empty where nothing is overridden.
    seed : int
        Decides everything that is drawn by lot.
    """

    source: str
    crm: str = ""
    language: Language = "en"
    time_zone: str = "UTC"
    data_end: pd.Timestamp | None = None
    horizon_days: int | None = None
    capacity: Capacity | None = None
    grades: GradesMode = DEFAULT_MODE
    exclude: frozenset[str] = frozenset()
    audit_file: str = ""
    seed: int = DEFAULT_SEED
