"""All raw tables of a source into frames that fit together, or every fault at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from features.faults import BadDataError, Fault
from features.schema import SCHEMAS, empty_frame
from features.validation.raw import RawTable, Rule
from features.validation.relations import check_rows, unknown_companies, without_unknown_leads
from features.validation.table import RawTableReader

_SOME_LEADS = Rule("there is at least one lead", "Export the leads again.")
_SOME_ROWS = Rule("a table that is there has rows", "Export it again, or leave it out.", "warning")


@dataclass(frozen=True)
class ValidTables:
    """The frames of every canonical table, the tables that were there, and what to warn of."""

    frames: dict[str, pd.DataFrame]
    present: frozenset[str]
    warnings: tuple[Fault, ...]


class Faults:
    """What is wrong with a source so far, in the order found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.all: list[Fault] = list(faults)
        self._told = {(fault.table, fault.column) for fault in self.all if fault.severity == "error"}

    def extend(self, faults: Iterable[Fault]) -> None:
        """Add what is found, but for columns of which the door has told an error: these cells are blank for it."""
        self.all.extend(
            fault for fault in faults if fault.column is None or (fault.table, fault.column) not in self._told
        )

    def raise_errors(self) -> None:
        """Raise every fault, errors first, if any is an error.

        Raises
        ------
        BadDataError
        """
        errors = [fault for fault in self.all if fault.severity == "error"]
        if errors:
            raise BadDataError([*errors, *(fault for fault in self.all if fault.severity == "warning")])


def validate(raw_tables: Iterable[RawTable], found_so_far: Iterable[Fault], time_zone: str) -> ValidTables:
    """Validate the tables of a source together.

    Parameters
    ----------
    raw_tables : iterable of RawTable
        Each canonical table at most once.
    found_so_far : iterable of Fault
        What the door found while fetching them.
    time_zone : str
        IANA name; where times without an offset were written down.

    Raises
    ------
    BadDataError
        With every fault of every table.
    """
    faults = Faults(found_so_far)
    was_reached = not any(fault.severity == "error" and fault.table not in SCHEMAS for fault in faults.all)
    raws = {raw.name: raw for raw in raw_tables}
    zone = _zone(time_zone, faults)
    frames = _frames(raws, zone, faults)
    if was_reached:
        _check_leads(raws, faults)
    if "leads" in frames:
        _relate(raws, frames, faults)
    faults.raise_errors()
    every = {name: frames[name] if name in frames else empty_frame(name) for name in SCHEMAS}
    return ValidTables(every, frozenset(raws), tuple(faults.all))


def _zone(name: str, faults: Faults) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        rule, remedy = "the time zone has an IANA name", "Give one such as Asia/Tokyo."
        faults.all.append(Fault("time zone", None, rule, repr(name), remedy))
        return ZoneInfo("UTC")


def _frames(raws: dict[str, RawTable], zone: ZoneInfo, faults: Faults) -> dict[str, pd.DataFrame]:
    frames = {}
    for name, raw in raws.items():
        reader = RawTableReader(raw, zone)
        faults.extend(reader.faults)
        if reader.frame is not None:
            frames[name] = reader.frame
            faults.extend(check_rows(raw, reader.frame))
    return frames


def _check_leads(raws: dict[str, RawTable], faults: Faults) -> None:
    for raw in raws.values():
        if raw.cells.num_rows == 0:
            rule = _SOME_LEADS if raw.name == "leads" else _SOME_ROWS
            faults.all.append(raw.fault(None, rule, "no rows"))
    if "leads" not in raws and not any(fault.table == "leads" for fault in faults.all):
        remedy = "Add leads with the columns lead_id and created_at."
        faults.all.append(Fault("leads", None, "the table is required", _listed(raws), remedy))


def _listed(raws: dict[str, RawTable]) -> str:
    return f"only {', '.join(sorted(raws))}" if raws else "no table at all"


def _relate(raws: dict[str, RawTable], frames: dict[str, pd.DataFrame], faults: Faults) -> None:
    leads = frames["leads"]
    if "companies" in frames:
        faults.all.extend(unknown_companies(raws["leads"], leads, frames["companies"]))
    for name, frame in frames.items():
        if name != "leads" and "lead_id" in frame:
            frames[name], found = without_unknown_leads(raws[name], frame, leads)
            faults.all.extend(found)
