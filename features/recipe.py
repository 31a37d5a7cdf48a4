"""What a feature of a fitted model is made from, in a form that can be written to a file."""

from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from features.catalogue import FEATURES, CustomTable, Feature, Statistic, activity_type_feature, custom_feature
from features.custom_content import Content


@dataclass(frozen=True, slots=True)
class CatalogueRecipe:
    """A feature of the catalogue."""

    catalogue: str

    def feature(self) -> Feature:
        """Return the feature; raises KeyError where the catalogue has none of that name."""
        return FEATURES[self.catalogue]


@dataclass(frozen=True, slots=True)
class ActivityTypeRecipe:
    """A generic feature of an activity type."""

    activity_type: str
    statistic: Statistic

    def feature(self) -> Feature:
        """Return the feature."""
        return activity_type_feature(self.activity_type, self.statistic)


@dataclass(frozen=True, slots=True)
class CustomRecipe:
    """The feature of a custom column."""

    table: CustomTable
    column: str
    content: Content

    def feature(self) -> Feature:
        """Return the feature."""
        return custom_feature(self.table, self.column, self.content)


Recipe: TypeAlias = CatalogueRecipe | ActivityTypeRecipe | CustomRecipe


def recipe_to_json(recipe: Recipe) -> dict[str, str]:
    """Return the recipe as plain data."""
    return asdict(recipe)


def recipe_from_json(data: dict[str, Any]) -> Recipe:
    """Return the recipe behind plain data; raises TypeError where it is none of the three."""
    if "catalogue" in data:
        return CatalogueRecipe(**data)
    return ActivityTypeRecipe(**data) if "activity_type" in data else CustomRecipe(**data)
