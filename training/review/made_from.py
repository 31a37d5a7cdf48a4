"""What a feature is made from, as somebody who wants to change it has to write it."""

from collections.abc import Mapping
from typing import Final

from features.answers import QUESTIONS
from features.catalogue import FEATURES
from features.catalogue.stream_measure import StreamMeasure
from features.recipe import ActivityTypeRecipe, CatalogueRecipe, CustomRecipe, Recipe
from features.schema import kept_columns
from features.spec import FeatureSpec
from features.streams import KNOWN_TYPES, REAL_CONTACT_TYPES, RESPONSE_TYPES, WEB_TYPES

_STREAMS: Final = {"real_contact": REAL_CONTACT_TYPES, "web": WEB_TYPES, "response": RESPONSE_TYPES}
_ANY_ROW: Final = "the rows it is made from, such as {'activities': [{'type': 'call'}]}"


def recipes_by_name(spec: FeatureSpec) -> Mapping[str, Recipe]:
    """Return the recipe of every feature: those of a model, and the rest of the catalogue."""
    catalogue: dict[str, Recipe] = {name: CatalogueRecipe(name) for name in FEATURES}
    return catalogue | {feature.name: feature.recipe for feature in spec.features}


def made_from(recipe: Recipe) -> str:
    """Return the change that reaches a feature, as ``what_if`` takes it."""
    if isinstance(recipe, CustomRecipe):
        return _field("lead" if recipe.table == "leads" else "company", recipe.column)
    if isinstance(recipe, ActivityTypeRecipe):
        return _activity(recipe.activity_type)
    name, measure = recipe.catalogue, FEATURES[recipe.catalogue].measure
    if name in QUESTIONS:
        return f"{{'qualifications': [{{{name!r}: ...}}]}}"
    if isinstance(measure, StreamMeasure):
        return _activity(*sorted(_STREAMS.get(measure.stream, {measure.stream} & KNOWN_TYPES)))
    tables = (table for table, key in (("lead", "leads"), ("company", "companies")) if name in kept_columns(key))
    return next((_field(table, name) for table in tables), _ANY_ROW)


def _field(table: str, column: str) -> str:
    return f"{{{table!r}: {{{column!r}: ...}}}}"


def _activity(*types: str) -> str:
    if not types:
        return _ANY_ROW
    others = f" (or {', '.join(types[1:])})" if len(types) > 1 else ""
    return f"{{'activities': [{{'type': {types[0]!r}}}]}}{others}"
