"""A table in a Parquet file."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from features.reading.fetched import Fetched
from features.validation import RawTable


def fetch_parquet(name: str, file: Path) -> Fetched:
    """Fetch a table with the types that the file gives it."""
    try:
        with file.open("rb") as stream:
            cells = pq.ParquetFile(stream, page_checksum_verification=True).read()
        cells.validate(full=True)
        return Fetched([RawTable(name, cells.rename_columns(cells.column_names), first_row=2)])
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        remedy = "Export the file again; it is damaged, cut short, or of another format."
        return Fetched.failed(name, f"{file.name} is a Parquet file", "something unreadable", remedy)
