"""The fitted catalogue: which features a model uses, in which order, with which categories."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.catalogue import Feature
from features.catalogue.feature import Group, Unit
from features.catalogue.saying import CategorySaying, NumberSaying
from features.catalogue.stream_measure import StreamMeasure
from features.one_lead.lead_plan import LeadPlan
from features.past import StreamStatistic
from features.recipe import Recipe, recipe_from_json, recipe_to_json
from features.spec_columns import SingleColumn, StreamColumns
from features.wording import LANGUAGES, Language, Wording

FORMAT: Final = 2


class SpecError(ValueError):
    """A file of features does not fit this version of the code."""


@dataclass(frozen=True)
class FittedFeature:
    """A feature, and the categories that it distinguishes.

    Attributes
    ----------
    recipe : Recipe
        What it is made from.
    categories : tuple of str or None
        For a category, its values in the order of their codes; any other value has the code after the last.
        None for numbers.
    """

    recipe: Recipe
    categories: tuple[str, ...] | None

    @cached_property
    def feature(self) -> Feature:
        """The feature in the code."""
        return self.recipe.feature()

    @cached_property
    def code_of(self) -> Mapping[str, float]:
        """The code of each category; empty for numbers."""
        return {name: float(code) for code, name in enumerate(self.categories or ())}

    @cached_property
    def other_code(self) -> float:
        """The code of a value that is none of the categories."""
        return float(len(self.categories or ()))

    @property
    def name(self) -> str:
        """The feature's name."""
        return self.feature.name

    @property
    def unit(self) -> Unit:
        """What its values count."""
        return self.feature.unit

    @property
    def group(self) -> Group:
        """Which part of the score it belongs to."""
        return self.feature.group

    @property
    def wording(self) -> Wording:
        """Its name for people."""
        return self.feature.wording

    @property
    def missing(self) -> Wording | None:
        """What a missing value means."""
        return self.feature.missing

    @cached_property
    def about(self) -> tuple[str, Group, Unit]:
        """Name, group and unit."""
        return self.name, self.group, self.unit

    def category(self, value: float) -> str | None:
        """Return the category behind a code; None where it is missing or not distinguished, and for numbers."""
        if self.categories is None or not 0 <= value < len(self.categories):
            return None
        return self.categories[int(value)]

    def say(self, value: float, language: Language) -> str:
        """Return a value of the feature matrix in words: ``last meeting 2.8 days ago``; NaN is missing."""
        return self.sayings[language].of(value)

    @cached_property
    def sayings(self) -> Mapping[Language, NumberSaying | CategorySaying]:
        """Its sentences in each language."""
        return {language: self.feature.saying(self.categories or (), language) for language in LANGUAGES}

    def to_json(self) -> dict[str, Any]:
        """Return plain data, with what a reader of the file wants to know."""
        about = {"name": self.name, "unit": self.unit, "group": self.group}
        wording = {"en": self.wording.en, "ja": self.wording.ja}
        return {**about, "wording": wording, "recipe": recipe_to_json(self.recipe), "categories": self.categories}


@dataclass(frozen=True)
class FeatureSpec:
    """The features of a model, in the order of its columns.

    Attributes
    ----------
    features : tuple of FittedFeature
        In order.
    excluded : frozenset of str
        What no feature may see, as ``RemainingSource`` takes it: not by itself, nor within a total.
    """

    features: tuple[FittedFeature, ...]
    excluded: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(feature.name for feature in self.features)

    @cached_property
    def categorical(self) -> tuple[str, ...]:
        """The names of the features whose values are codes."""
        return tuple(feature.name for feature in self.features if feature.categories is not None)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Which part of the score each feature belongs to."""
        return tuple(feature.group for feature in self.features)

    def columns_of(self, groups: frozenset[Group]) -> IntArray:
        """Return the columns of the features that belong to some parts of the score."""
        if groups not in self._columns_of:
            columns = [column for column, group in enumerate(self.groups) if group in groups]
            self._columns_of[groups] = np.array(columns, dtype=np.int64)
        return self._columns_of[groups]

    @cached_property
    def _columns_of(self) -> dict[frozenset[Group], IntArray]:
        return {}

    @cached_property
    def stream_columns(self) -> tuple[StreamColumns, ...]:
        """The features that are a statistic of a stream, by statistic."""
        found: dict[StreamStatistic, list[tuple[int, str]]] = {}
        for column, feature in enumerate(self.features):
            measure = feature.feature.measure
            if isinstance(measure, StreamMeasure):
                found.setdefault(measure.statistic, []).append((column, measure.stream))
        return tuple(_stream_columns(statistic, of_it) for statistic, of_it in found.items())

    @cached_property
    def single_columns(self) -> tuple[SingleColumn, ...]:
        """All other features, with their columns."""
        return tuple(
            SingleColumn(column, one.feature.measure, one.code_of, one.other_code)
            for column, one in enumerate(self.features)
            if not isinstance(one.feature.measure, StreamMeasure)
        )

    @cached_property
    def lead_plan(self) -> LeadPlan:
        """How all of them are measured of one lead."""
        return LeadPlan(self.stream_columns, self.single_columns)

    @cached_property
    def other_codes(self) -> tuple[IntArray, FloatArray]:
        """The columns of the categorical features, and the code there that stands for any other value."""
        columns = [column for column, feature in enumerate(self.features) if feature.categories is not None]
        codes = [float(len(self.features[column].categories or ())) for column in columns]
        return np.array(columns, dtype=np.int64), np.array(codes)

    def select(self, names: Iterable[str]) -> "FeatureSpec":
        """Return the spec of some of the features, in the order they have here."""
        wanted = frozenset(names)
        return FeatureSpec(tuple(feature for feature in self.features if feature.name in wanted), self.excluded)

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        features = [feature.to_json() for feature in self.features]
        return {"format": FORMAT, "excluded": sorted(self.excluded), "features": features}

    @staticmethod
    def from_json(data: dict[str, Any]) -> "FeatureSpec":
        """Return the spec behind plain data.

        Raises
        ------
        SpecError
            When the data has another format, or names a feature that this version of the code does not have.
        """
        if data.get("format") != FORMAT:
            raise SpecError(
                f"features.json has format {data.get('format')!r}, this version reads {FORMAT}; train again"
            )
        return FeatureSpec(tuple(_fitted(item) for item in data["features"]), frozenset(_texts(data["excluded"])))


def _stream_columns(statistic: StreamStatistic, found: list[tuple[int, str]]) -> StreamColumns:
    columns, streams = zip(*found, strict=True)
    return StreamColumns(statistic, columns, streams)


def _fitted(item: dict[str, Any]) -> FittedFeature:
    categories = None if item["categories"] is None else _texts(item["categories"])
    try:
        fitted = FittedFeature(recipe_from_json(item["recipe"]), categories)
        known = fitted.name == item["name"]
    except (KeyError, TypeError) as error:
        raise SpecError(
            f"features.json: feature {item.get('name')!r} is not known to this version; train again"
        ) from error
    if not known:
        raise SpecError(f"features.json: feature {item['name']!r} is called {fitted.name!r} now; train again")
    return fitted


def _texts(content: object) -> tuple[str, ...]:
    if not isinstance(content, list | tuple) or not all(isinstance(text, str) for text in content):
        raise SpecError("features.json: a list of texts is needed, found something else; train again")
    return tuple(content)
