"""Read the canonical tables from a folder of files or from a database."""

from features.reading.source import read_tables

__all__ = ["read_tables"]
