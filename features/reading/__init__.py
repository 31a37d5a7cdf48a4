"""Read the canonical tables from a folder of files or from a database, as they are or by a mapping."""

from features.reading.mapped import import_source
from features.reading.source import read_tables

__all__ = ["import_source", "read_tables"]
