"""Which kind of source a name stands for."""

from pathlib import Path

from features.importing import Mapping
from features.reading.database import fetch_database
from features.reading.folder import fetch_folder
from features.reading.mapped import import_source
from features.tables import Tables


def read_tables(source: str, time_zone: str = "UTC", mapping: Mapping | None = None) -> Tables:
    """Read and validate the canonical tables of a source.

    Parameters
    ----------
    source : str
        A folder of ``<table>.csv``, ``<table>.csv.gz`` or ``<table>.parquet`` files, or an SQLAlchemy URL of a database
        with tables or views of these names.
    time_zone : str
        IANA name; where times without an offset were written down.
    mapping : Mapping, optional
        Makes the canonical tables of the files or tables of a CRM; without one they are read as they are.

    Returns
    -------
    Tables
        Validated; times are UTC and cut down to the millisecond.

    Raises
    ------
    BadDataError
        With every fault of every table. Neither faults nor warnings quote names, addresses or free text.
    """
    if mapping is not None:
        imported = import_source(source, mapping, time_zone)
        return Tables.from_raw(imported.tables, imported.findings.faults, time_zone)
    fetched = fetch_database(source) if "://" in source else fetch_folder(Path(source))
    return Tables.from_raw(fetched.tables, fetched.faults, time_zone)
