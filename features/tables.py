"""The seven canonical tables of one data source, validated."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from features.faults import Fault
from features.schema import SCHEMAS
from features.validation import RawTable, nearest, raw_from_frame, validate


@dataclass(frozen=True)
class Tables:
    """Validated frames; every declared column is there, and a table that the source lacks is an empty frame.

    Attributes
    ----------
    leads, companies, deals, activities, qualifications, stage_history, field_history : pandas.DataFrame
        Declared columns in the order of their schema, then custom fields in the order of the source. Times are
        ``datetime64[ms, UTC]``, numbers float64, everything else ``str``; missing is NaT or NaN.
    present : frozenset of str
        The tables that the source really had.
    warnings : tuple of Fault
        What the owner of the source should know, though it stops nothing.
    """

    leads: pd.DataFrame
    companies: pd.DataFrame
    deals: pd.DataFrame
    activities: pd.DataFrame
    qualifications: pd.DataFrame
    stage_history: pd.DataFrame
    field_history: pd.DataFrame
    present: frozenset[str]
    warnings: tuple[Fault, ...]

    @classmethod
    def from_frames(cls, *, time_zone: str = "UTC", **frames: pd.DataFrame) -> "Tables":
        """Validate frames of any reasonable dtypes as if a source held them.

        Parameters
        ----------
        time_zone : str
            IANA name; where times without an offset were written down.
        **frames : pandas.DataFrame
            The canonical tables by name. A fault counts rows from 1.

        Raises
        ------
        BadDataError
            With every fault of every table.
        """
        faults = [_unknown_table(name) for name in frames if name not in SCHEMAS]
        raws = (raw_from_frame(name, frame) for name, frame in frames.items() if name in SCHEMAS)
        return cls.from_raw(raws, faults, time_zone)

    @classmethod
    def from_raw(cls, raws: Iterable[RawTable], faults: Iterable[Fault], time_zone: str) -> "Tables":
        """Validate raw tables; ``faults`` are those that the door has already found.

        Raises
        ------
        BadDataError
            With every fault of every table.
        """
        valid = validate(raws, faults, time_zone)
        return cls(**valid.frames, present=valid.present, warnings=valid.warnings)


def _unknown_table(name: str) -> Fault:
    near = nearest(name, SCHEMAS)
    remedy = f"The tables are {', '.join(SCHEMAS)}." if near is None else f"Did you mean {near}?"
    return Fault(name, None, "the table is a canonical one", "an unknown name", remedy)
