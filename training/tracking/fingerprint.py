"""What data a model was trained on, told without repeating any of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import pandas as pd

from features.tables import Tables

_TABLES: Final = ("leads", "companies", "deals", "activities", "qualifications", "stage_history", "field_history")
_BLOCK_ROWS: Final = 500_000
"""Rows hashed at a time: text is hashed through Python objects, and ten million rows of them would fill the memory."""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The first and the last time of a column, ISO 8601 in UTC with milliseconds."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class TableFingerprint:
    """One table.

    Attributes
    ----------
    rows, columns : int
        The size.
    spans : mapping of str to TimeSpan
        By time column; a column without any time is left out.
    content : str
        16 hexadecimal digits; equal for the same rows under the same column names, in whatever order either come.
    """

    rows: int
    columns: int
    spans: Mapping[str, TimeSpan]
    content: str


@dataclass(frozen=True, slots=True)
class DataFingerprint:
    """Every table that the source really had, by name."""

    tables: Mapping[str, TableFingerprint]

    @property
    def digest(self) -> str:
        """16 hexadecimal digits that stand for all tables together."""
        return hashlib.sha256(json.dumps(self._tables(), sort_keys=True).encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, object]:
        """Return the fingerprint as JSON types."""
        return {"digest": self.digest, "tables": self._tables()}

    def _tables(self) -> dict[str, object]:
        return {name: asdict(table) for name, table in sorted(self.tables.items())}


def fingerprint(tables: Tables) -> DataFingerprint:
    """Return the fingerprint of a data source's tables.

    The order of rows is left out of account, because a database gives none and no feature depends on it. One changed,
    added, lacking or doubled row gives another fingerprint.
    """
    return DataFingerprint({name: _table(getattr(tables, name)) for name in _TABLES if name in tables.present})


def _table(frame: pd.DataFrame) -> TableFingerprint:
    return TableFingerprint(
        rows=len(frame),
        columns=len(frame.columns),
        spans=_spans(frame.select_dtypes("datetimetz")),
        content=_content(frame[sorted(frame.columns)]),
    )


def _spans(times: pd.DataFrame) -> dict[str, TimeSpan]:
    dated = times.dropna(axis="columns", how="all")
    return {str(name): TimeSpan(_iso(column.min()), _iso(column.max())) for name, column in dated.items()}


def _iso(time: pd.Timestamp) -> str:
    return time.isoformat(timespec="milliseconds")


def _content(frame: pd.DataFrame) -> str:
    digest = hashlib.sha256(json.dumps([list(frame.columns), len(frame), _sum_of_row_hashes(frame)]).encode())
    return digest.hexdigest()[:16]


def _sum_of_row_hashes(frame: pd.DataFrame) -> int:
    # A sum forgets the order of rows but, unlike an exclusive or, not that a row stands there twice.
    blocks = (frame.iloc[start : start + _BLOCK_ROWS] for start in range(0, len(frame), _BLOCK_ROWS))
    return sum(int(pd.util.hash_pandas_object(block, index=False).sum()) for block in blocks) % 2**64
