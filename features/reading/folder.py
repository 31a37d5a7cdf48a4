"""A folder with one file a table."""

from pathlib import Path
from typing import Final

from features.faults import Fault
from features.reading.csv_file import fetch_csv
from features.reading.fetched import Fetched
from features.reading.parquet_file import fetch_parquet
from features.schema import SCHEMAS
from features.validation import nearest

_SUFFIXES: Final = (".csv.gz", ".csv", ".parquet")


def fetch_folder(folder: Path) -> Fetched:
    """Fetch every table that has a file in the folder; other files are left alone."""
    files = files_of(folder)
    if isinstance(files, Fetched):
        return files
    fetched = Fetched(faults=[fault for file in files for fault in _nearly_a_table(file)])
    for name in SCHEMAS:
        fetched.add(_fetch_table(name, [file for file in files if table_of(file) == name]))
    return fetched


def files_of(folder: Path) -> list[Path] | Fetched:
    """Return the files of a folder by name, with all that is named like a table, or why they cannot be had."""
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() or table_of(path) is not None)
    except NotADirectoryError:
        return Fetched.failed(str(folder), "the source is a folder", "a file", "Name the folder that holds the file.")
    except FileNotFoundError:
        return Fetched.failed(str(folder), "the source exists", "no such folder", "Check the path of the data folder.")
    except OSError as error:
        return Fetched.failed(str(folder), "the folder can be read", str(error.strerror), "Check its permissions.")


def table_of(file: Path) -> str | None:
    """Return the name of a table file in lower case without its ending; None for a file of another kind."""
    name = file.name.lower()
    return next((name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)), None)


def fetch_file(name: str, file: Path) -> Fetched:
    """Fetch one file as the table of a name."""
    if not file.is_file():
        found, remedy = "a folder, a pipe or a link that leads nowhere", "Put the file itself in its place."
        return Fetched.failed(name, f"{file.name} is a file", found, remedy)
    try:
        return fetch_parquet(name, file) if file.name.lower().endswith(".parquet") else fetch_csv(name, file)
    except OSError as error:
        return Fetched.failed(name, f"{file.name} can be read", str(error.strerror), "Check its permissions.")


def _nearly_a_table(file: Path) -> list[Fault]:
    """Warn of a file that was probably meant as a table: a slip in its name, or a format that is not read."""
    name = file.name.lower()
    near = nearest(name.split(".")[0], SCHEMAS)
    if near is None or table_of(file) in SCHEMAS or name.startswith("."):
        return []
    rule = "a file is named after its table and is .csv, .csv.gz or .parquet"
    remedy = f"Did you mean {near}? If so, save it as {near}.csv."
    return [Fault(file.name, None, rule, "a file that is nearly so, left out", remedy, severity="warning")]


def _fetch_table(name: str, files: list[Path]) -> Fetched:
    if not files:
        return Fetched()
    if len(files) > 1:
        listed = " and ".join(file.name for file in files)
        return Fetched.failed(name, "a table has one file", listed, "Remove or merge all but one of them.")
    return fetch_file(name, files[0])
