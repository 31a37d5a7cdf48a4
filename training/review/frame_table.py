"""A tidy frame as a table that people read: its columns headed in their language, its numbers written."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

import pandas as pd

from training.report.numerals import Numerals
from training.report.parts import Cell, Column, Table
from training.report.vocabulary import Vocabulary
from training.review.shown import Shown

Kind: TypeAlias = Literal["text", "log_odds", "share", "points", "count", "decimal", "flag", "day"]

PLACES: Final = 2
"""Decimals of log-odds."""

TOTAL: Final = "is_total"
"""The column that marks a row that is the sum of those above; such a row is set bold."""

_KINDS: Final[Mapping[Kind, frozenset[str]]] = {
    "log_odds": frozenset(
        {"contribution", "contribution_then", "contribution_now", "change", "mean_a", "mean_b", "gap"}
    ),
    "share": frozenset(
        {
            "probability",
            "probability_then",
            "probability_now",
            "share",
            "win_rate",
            "kept_rate",
            "moved_rate",
            "route_changes",
            "low",
            "high",
        }
    ),
    "points": frozenset({"worth", "shift"}),
    "count": frozenset(
        {"leads", "won", "score", "qualified_before", "qualified_after", "moved", "moved_won", "features", "snapshots"}
    ),
    "decimal": frozenset({"effect", "sure", "strength", "lift", "auc_forward", "auc_random", "psi"}),
    "flag": frozenset({"is_confirmed", "can_change"}),
    "day": frozenset({"as_of", "scored_at", "created_at", "talked_at"}),
}


_NO_HEADS: Final[Mapping[str, str]] = MappingProxyType({})


def frame_table(
    frame: pd.DataFrame,
    words: Vocabulary,
    caption: str,
    notes: Sequence[str] = (),
    heads: Mapping[str, str] = _NO_HEADS,
) -> Shown:
    """Return a frame as a table of the report.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns that the words name, ``column.<name>``; others are left out. A missing number becomes a dash.
    words : Vocabulary
        Of the review.
    caption : str
        What the table says, in one sentence.
    notes : sequence of str
        Small print below.
    heads : mapping of str to str
        Other heads than the words have, by column.
    """
    shown = [str(name) for name in frame.columns if words.either(f"column.{name}", "")]
    columns = tuple(
        Column(heads.get(name) or words(f"column.{name}"), number=_is_number(_kind(name))) for name in shown
    )
    rows = tuple(_row(row, shown, words) for row in frame.to_dict("records"))
    return Shown((Table(caption, columns, rows, tuple(notes)),))


def _row(row: Mapping[Any, Any], names: Sequence[str], words: Vocabulary) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            _written(row[name], _kind(name), words), number=_is_number(_kind(name)), strong=bool(row.get(TOTAL, False))
        )
        for name in names
    )


def _kind(name: str) -> Kind:
    return next((kind for kind, names in _KINDS.items() if name in names), "text")


def _is_number(kind: Kind) -> bool:
    return kind not in ("text", "flag")


def _written(value: Any, kind: Kind, words: Vocabulary) -> str:
    numerals: Numerals = words.numerals
    if kind == "text":
        return str(value)
    if kind == "flag":
        return words("table.yes" if value else "table.no")
    if kind == "day":
        return numerals.date(None if pd.isna(value) else int(value.timestamp() * 1000))
    if kind == "log_odds":
        return numerals.signed(value, PLACES)
    write = {"share": numerals.percent, "points": numerals.points, "count": numerals.count}.get(kind)
    return numerals.decimal(value, PLACES) if write is None else write(value)
