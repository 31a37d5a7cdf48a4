"""Which leads are to be scored, and as of when."""

from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from features.arrays import BoolArray, IntArray
from features.data_end import data_end_ms
from features.instant import MISSING_MS
from features.open_leads import open_leads as open_at
from features.snapshots import Snapshots
from features.tables import Tables
from features.text_column import places
from serving.instant import NoInstantError, read_instant

_COLUMNS: Final = ("lead_id", "as_of")


class WantedError(ValueError):
    """The file of snapshots cannot be followed; tells everything that is wrong with it."""


def open_leads(tables: Tables) -> Snapshots:
    """Return the leads that are neither won nor lost, right after the latest fact of the source."""
    return open_at(tables, data_end_ms(tables))


def wanted_snapshots(file: Path, tables: Tables, zone: ZoneInfo) -> Snapshots:
    """Return the snapshots that a file asks for, in its order.

    Parameters
    ----------
    file : pathlib.Path
        CSV or Parquet with ``lead_id`` and ``as_of``.
    tables : Tables
        The source.
    zone : zoneinfo.ZoneInfo
        Of times without an offset.

    Raises
    ------
    WantedError
        Where the file cannot be read, lacks a column, names unknown leads or holds something else than times.
    """
    frame = _read(file)
    missing = [name for name in _COLUMNS if name not in frame]
    if missing:
        raise WantedError(f"{file}: needs the columns lead_id and as_of; found {', '.join(map(str, frame)) or 'none'}")
    lead = places(tables.leads["lead_id"], frame["lead_id"].str.strip())
    as_of_ms, fault = _instants(frame["as_of"], zone)
    faults = [
        *_told("lead_id", lead < 0, "is not in the leads table"),
        *_told("as_of", as_of_ms == MISSING_MS, fault or "is required"),
    ]
    if faults:
        raise WantedError("\n".join(f"{file}: {told}" for told in faults))
    return Snapshots(lead.astype(np.int64), as_of_ms)


def _read(file: Path) -> pd.DataFrame:
    try:
        if file.suffix == ".parquet":
            return pd.read_parquet(file).astype("str")
        return pd.read_csv(file, dtype="str", encoding="utf-8-sig", skipinitialspace=True)
    except (OSError, ValueError) as error:
        raise WantedError(f"{file} cannot be read as CSV or Parquet: {type(error).__name__}") from None


def _instants(texts: pd.Series, zone: ZoneInfo) -> tuple[IntArray, str]:
    """Return the instants, MISSING_MS where there is none, and what is wrong with the first such text."""
    instants = np.full(len(texts), MISSING_MS, dtype=np.int64)
    fault = ""
    for place, text in enumerate(texts):
        try:
            instants[place] = read_instant(str(text).strip(), zone)
        except NoInstantError as error:
            fault = fault or str(error)
    return instants, fault


def _told(column: str, wrong: BoolArray, rule: str) -> list[str]:
    if not wrong.any():
        return []
    first = int(np.argmax(wrong)) + 2  # as a spreadsheet counts, below the header
    return [f"{column} {rule} in {int(wrong.sum()):,} of {len(wrong):,} rows, the first is row {first:,}"]
