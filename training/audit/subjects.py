"""What the audit gives a verdict on: columns, types of activity, and features that are more than one column."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from features.answers import QUESTIONS
from features.arrays import FloatArray
from features.catalogue import FEATURES
from features.catalogue.stream_measure import StreamMeasure
from features.lead_source import LeadSource
from features.recipe import ActivityTypeRecipe, CustomRecipe, Recipe
from features.records import Records
from features.schema import kept_columns
from features.shared_values import shared_types
from features.snapshots import Snapshots
from features.spec import FeatureSpec
from features.streams import KNOWN_TYPES
from features.text_column import TextColumn
from features.view import View

COLUMN_TABLES: Final = ("leads", "companies")
"""The tables whose columns are attributes."""
_NO_ATTRIBUTES: Final = frozenset({"lead_id", "company_id", "created_at", "outcome", "closed_at", "lost_reason"})
_MOST_TYPES: Final = 50


@dataclass(frozen=True)
class Subject:
    """Something that can be kept or dropped.

    Attributes
    ----------
    table, column : str
        ``leads`` or ``companies`` and a column, ``activities`` and a type, ``qualifications`` and a question, or
        ``features`` and the name of a feature.
    positions : tuple of int
        The columns of the feature matrix that are made from it alone, or from little else.
    is_dated : bool
        Whether it is read from rows that carry their own dates, a history of changes included, so that the instant of
        a snapshot bounds it.
    """

    table: str
    column: str
    positions: tuple[int, ...]
    is_dated: bool

    @property
    def is_attribute(self) -> bool:
        """Whether it is a column that describes a lead or a company."""
        return self.table in COLUMN_TABLES

    @property
    def name(self) -> str:
        """The subject as lists of exclusions name it."""
        return f"{self.table}.{self.column}"


def subjects_of(records: Records, spec: FeatureSpec) -> tuple[Subject, ...]:
    """List the subjects of a source: its attributes and types of activity, then what else features are made from.

    Parameters
    ----------
    records : Records
        The source.
    spec : FeatureSpec
        Its features.
    """
    positions: dict[tuple[str, str], list[int]] = {name: [] for name in _without_features(records)}
    for position, feature in enumerate(spec.features):
        for name in _made_from(feature.recipe):
            positions.setdefault(name, []).append(position)
    dated = frozenset(records.source.text("field_history", "field").names)
    return tuple(
        Subject(table, column, tuple(found), table not in COLUMN_TABLES or (table == "leads" and column in dated))
        for (table, column), found in positions.items()
        if table != "leads" or column not in kept_columns("leads") or records.lead_text(column).now.names
    )


def attribute_columns(records: Records, table: str) -> tuple[str, ...]:
    """Return the columns of leads or companies that describe, declared ones and custom ones."""
    return tuple(column for column in records.source.columns(table) if column not in _NO_ATTRIBUTES)


def _without_features(records: Records) -> Iterable[tuple[str, str]]:
    """Name what may have no feature and is still to be judged: custom columns and types of activity."""
    for table in COLUMN_TABLES:
        declared = kept_columns(table)
        yield from ((table, column) for column in attribute_columns(records, table) if column not in declared)
    yield from (("activities", name) for name in shared_types(records)[:_MOST_TYPES])


def _made_from(recipe: Recipe) -> tuple[tuple[str, str], ...]:
    if isinstance(recipe, CustomRecipe):
        return ((recipe.table, recipe.column),)
    if isinstance(recipe, ActivityTypeRecipe):
        return (("activities", recipe.activity_type),)
    return _catalogue_sources(recipe.catalogue)


@cache
def _catalogue_sources(name: str) -> tuple[tuple[str, str], ...]:
    """Tell what a feature of the catalogue is made from by watching it read one lead."""
    measure = FEATURES[name].measure
    if name in QUESTIONS:
        return (("qualifications", name),)
    if isinstance(measure, StreamMeasure) and measure.stream in KNOWN_TYPES:
        return (("activities", measure.stream),)
    source = _WatchedLead()
    measure(View(Records(source), Snapshots(np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64))))
    return tuple(sorted(source.read)) or (("features", name),)


class _WatchedLead(LeadSource):
    """One lead without any value, which remembers what attributes it was asked for."""

    def __init__(self) -> None:
        super().__init__({"leads": [_LEAD], "companies": [{"company_id": ""}]})
        self.read: set[tuple[str, str]] = set()

    def text(self, table: str, column: str) -> TextColumn:
        """Return a column of text, and remember."""
        self._remember(table, column)
        return super().text(table, column)

    def numbers(self, table: str, column: str) -> FloatArray:
        """Return a column of numbers, and remember."""
        self._remember(table, column)
        return super().numbers(table, column)

    def _remember(self, table: str, column: str) -> None:
        if table in COLUMN_TABLES and column not in _NO_ATTRIBUTES:
            self.read.add((table, column))


_LEAD: Final[dict[str, Any]] = {"lead_id": "", "company_id": "", "created_at": 0}
