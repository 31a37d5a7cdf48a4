"""Which features a source affords: fitted once, on what was known when training ends."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from features.arrays import BoolArray, FloatArray, IntArray
from features.catalogue import FEATURES, STATISTICS, CustomTable
from features.compute import compute
from features.custom_content import ONE_VALUE, content_of
from features.matrix import FeatureMatrix
from features.recipe import ActivityTypeRecipe, CatalogueRecipe, CustomRecipe, Recipe
from features.records import Records
from features.schema import kept_columns
from features.shared_values import LEAST_LEADS, are_shared, shared_types
from features.snapshots import Snapshots
from features.spec import FeatureSpec, FittedFeature
from features.streams import KNOWN_TYPES
from features.text_column import TextColumn
from features.view import View
from features.wording import Wording

MOST_ACTIVITY_TYPES: Final = 15
MOST_CATEGORIES: Final = 50
LEAST_LEADS_PER_CATEGORY: Final = LEAST_LEADS


@dataclass(frozen=True)
class LeftOut:
    """A column of the source that no feature is made from, and why."""

    table: str
    column: str
    reason: Wording


@dataclass(frozen=True)
class FittedFeatures:
    """The features that a source affords, computed at the snapshots they were fitted on."""

    spec: FeatureSpec
    matrix: FeatureMatrix
    left_out: tuple[LeftOut, ...]


def fit_features(records: Records, snapshots: Snapshots, excluded: frozenset[str] = frozenset()) -> FittedFeatures:
    """Choose the features of a source and fix their types and categories.

    Only what the snapshots show is looked at. A feature that says the same of every snapshot is left out, so a source
    with fewer tables has fewer features.

    Parameters
    ----------
    records : Records
    snapshots : Snapshots
        The training snapshots.
    excluded : frozenset of str
        What no feature may see: columns as ``table.column``, types of activity as ``activities.type``, and features as
        ``features.name``.
    """
    records = records.without(excluded)
    view = View(records, _last_of_each_lead(snapshots))
    custom, left_out = _custom_recipes(records, view)
    generic = _activity_type_recipes(records, snapshots)
    recipes: list[Recipe] = [*map(CatalogueRecipe, FEATURES), *generic, *custom]
    fitted = (_fitted(recipe, view) for recipe in recipes if f"features.{recipe.feature().name}" not in excluded)
    spec = FeatureSpec(tuple(fitted), excluded)
    matrix = compute(spec, records, snapshots)
    varies = _varies(matrix)
    kept = spec.select(name for name, says in zip(spec.names, varies, strict=True) if says)
    return FittedFeatures(kept, _columns(matrix, kept), (*left_out, *_constant(spec, kept)))


def _last_of_each_lead(snapshots: Snapshots) -> Snapshots:
    order = np.lexsort((snapshots.as_of_ms, snapshots.lead))
    lead = snapshots.lead[order]
    return snapshots.take(order[np.append(lead[1:] != lead[:-1], True)]) if len(lead) else snapshots


def _custom_recipes(records: Records, view: View) -> tuple[list[CustomRecipe], list[LeftOut]]:
    recipes, left_out = [], []
    for table, column, text in _custom_columns(records, view):
        content = content_of(text)
        if isinstance(content, Wording):
            left_out.append(LeftOut(table, column, content))
        else:
            recipes.append(CustomRecipe(table, column, content))
    return _first_of_each_name(recipes), left_out


def _custom_columns(records: Records, view: View) -> list[tuple[CustomTable, str, TextColumn]]:
    return [
        *(("leads", name, view.lead_text(name)) for name in _undeclared(records, "leads")),
        *(("companies", name, view.company_text(name)) for name in _undeclared(records, "companies")),
    ]


def _undeclared(records: Records, table: CustomTable) -> list[str]:
    declared = kept_columns(table)
    return [column for column in records.source.columns(table) if column not in declared]


def _first_of_each_name(recipes: list[CustomRecipe]) -> list[CustomRecipe]:
    by_name: dict[str, CustomRecipe] = {}
    for recipe in recipes:
        by_name.setdefault(recipe.feature().name, recipe)
    return list(by_name.values())


def _activity_type_recipes(records: Records, snapshots: Snapshots) -> list[ActivityTypeRecipe]:
    """Return the generic features of the most frequent types that have none of their own."""
    index = records.activities.by_lead
    known = index.known_ms(np.arange(len(index.keys))) < snapshots.as_of_ms.max(initial=0)
    types = shared_types(records, index.rows[known])
    frequent = [name for name in types if name not in KNOWN_TYPES][:MOST_ACTIVITY_TYPES]
    return [ActivityTypeRecipe(name, statistic) for name in frequent for statistic in STATISTICS]


def _fitted(recipe: Recipe, view: View) -> FittedFeature:
    feature = recipe.feature()
    if feature.unit != "category":
        return FittedFeature(recipe, None)
    text = feature.measure(view)
    if not isinstance(text, TextColumn):
        return FittedFeature(recipe, ())
    support = np.bincount(text.codes[text.codes >= 0], minlength=len(text.names))
    if isinstance(recipe, CustomRecipe):
        support = np.where(_tell_of_nobody(text, view), support, 0)
    return FittedFeature(recipe, _categories(text.names, support))


def _tell_of_nobody(text: TextColumn, view: View) -> BoolArray:
    """Tell of each value of a custom column whether it is safe to keep: many have it, and it is no address."""
    lead = np.arange(len(text))
    company = view.records.company_of_lead[view.snapshots.lead]
    is_address = np.array(["@" in name for name in text.names], dtype=np.bool_)
    return are_shared(len(text.names), text.codes, lead, company) & ~is_address


def _categories(names: tuple[str, ...], support: IntArray) -> tuple[str, ...]:
    """Return the values that enough leads have, the most frequent first."""
    ranked = sorted(zip(-support, names, strict=True))
    return tuple(name for rows, name in ranked if -rows >= LEAST_LEADS_PER_CATEGORY)[:MOST_CATEGORIES]


def _varies(matrix: FeatureMatrix) -> list[bool]:
    return [_has_other(column) for column in matrix.values.T]


def _has_other(column: FloatArray) -> bool:
    """Tell whether a value differs from the first; missing is a value."""
    if not len(column):
        return False
    same = np.isnan(column) if np.isnan(column[0]) else column == column[0]
    return not bool(same.all())


def _columns(matrix: FeatureMatrix, spec: FeatureSpec) -> FeatureMatrix:
    if spec.names == matrix.names:
        return matrix  # gigabytes, not worth a copy
    positions: IntArray = np.array([matrix.names.index(name) for name in spec.names], dtype=np.int64)
    return FeatureMatrix(spec.names, matrix.values[:, positions], spec.categorical)


def _constant(spec: FeatureSpec, kept: FeatureSpec) -> list[LeftOut]:
    """Return the custom columns that vary in the source and yet not in the snapshots."""
    return [
        LeftOut(feature.recipe.table, feature.recipe.column, ONE_VALUE)
        for feature in spec.features
        if isinstance(feature.recipe, CustomRecipe) and feature.name not in kept.names
    ]
