"""Writing the sample as a folder of CSV files."""

import gzip
import tempfile
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from features.sample.simulation import LEADS, SEED, simulate
from features.schema import SCHEMAS

_ZIPPED: Final = frozenset({"activities"})


def write_sample(folder: Path, leads: int = LEADS, seed: int = SEED) -> None:
    """Simulate a CRM and write its tables as CSV files, the activities gzipped.

    The files are written beside the folder and put in its place at the end, so a run that is killed leaves no half
    sample. The same arguments give the same bytes.

    Parameters
    ----------
    folder : Path
        Where the files go; an older sample there is replaced.
    leads : int
        How many leads come in.
    seed : int
        Seed of the simulation.

    Raises
    ------
    ValueError
        If fewer than one lead is asked for.
    FileExistsError
        If the folder holds anything that is not a table of a sample; nothing is changed then.
    """
    _refuse_foreign_files(folder)
    tables = simulate(leads, seed)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as unfinished:
        fresh = Path(unfinished) / "fresh"
        fresh.mkdir()
        for name, table in tables.items():
            _write(table, fresh / _file_name(name))
        if folder.exists():
            folder.rename(Path(unfinished) / "old")
        fresh.rename(folder)


def _file_name(table: str) -> str:
    return f"{table}.csv.gz" if table in _ZIPPED else f"{table}.csv"


def _refuse_foreign_files(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FileExistsError(f"{folder}: a sample needs a folder, this is a file; name another folder")
    foreign = sorted({file.name for file in folder.iterdir()} - {_file_name(name) for name in SCHEMAS})
    if foreign:
        found = f"{len(foreign)} other entries, the first is {foreign[0]!r}"
        raise FileExistsError(f"{folder}: only a former sample may be replaced, found {found}; name another folder")


def _write(table: pd.DataFrame, file: Path) -> None:
    cells = pa.table({name: _cells(column) for name, column in table.items()})
    with file.open("wb") as target:
        if file.suffix != ".gz":
            csv.write_csv(cells, target)
            return
        # Neither the name nor the time of writing goes into the header: same sample, same bytes.
        with gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=target, mtime=0) as zipped:
            csv.write_csv(cells, zipped)


def _cells(column: pd.Series) -> pa.Array:
    if not isinstance(column.dtype, pd.DatetimeTZDtype):
        return pa.array(column, from_pandas=True)
    seconds = column.dt.tz_convert(None).to_numpy(dtype="datetime64[s]")
    return pc.binary_join_element_wise(pc.replace_substring(pc.cast(pa.array(seconds), pa.string()), " ", "T"), "Z", "")
