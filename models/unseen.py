"""Values that a model cannot tell apart, because training showed too few leads with them."""

import numpy as np

from features.matrix import FeatureMatrix
from features.one_lead import LeadText, LeadView
from features.recipe import CustomRecipe
from features.records import Records
from features.snapshots import Snapshots
from features.spec import FeatureSpec, FittedFeature
from features.text_column import TextColumn
from features.view import View
from features.wording import Wording
from models.column_checks import places_equal

_MOST_CHARACTERS = 40


def unseen_values(
    spec: FeatureSpec, matrix: FeatureMatrix, records: Records, snapshots: Snapshots
) -> list[tuple[Wording, ...]]:
    """Return, for each snapshot, a warning for every category that is treated as other."""
    warnings: list[tuple[Wording, ...]] = [()] * len(snapshots)
    columns, others = spec.other_codes
    found = places_equal(matrix.values, columns, others)
    for place in sorted({place for _, place in found}):
        fitted, rows = spec.features[columns[place]], [row for row, other in found if other == place]
        texts = _values(fitted, records.without(spec.excluded), snapshots.take(np.array(rows)))
        for row, text in zip(rows, texts, strict=True):
            warnings[row] = (*warnings[row], _warning(fitted, text))
    return warnings


def unseen_value(fitted: FittedFeature, lead: LeadView) -> Wording:
    """Return the warning for a category of one lead that is treated as other."""
    text = fitted.feature.measure(lead)
    if not isinstance(text, LeadText) or text.text is None:
        raise TypeError(f"{fitted.name} has no category")
    return _warning(fitted, text.text)


def _values(fitted: FittedFeature, records: Records, snapshots: Snapshots) -> list[str]:
    text = fitted.feature.measure(View(records, snapshots))
    if not isinstance(text, TextColumn):
        raise TypeError(f"{fitted.name} has categories and is measured in numbers")
    return [text.names[code] for code in text.codes.tolist()]


def _warning(fitted: FittedFeature, value: str) -> Wording:
    place, shown = _place(fitted), value[:_MOST_CHARACTERS]
    return Wording(
        f"{place}: value '{shown}' was rare or not seen in training and is treated as other",
        f"{place}：値「{shown}」は学習データにない、またはまれなため、「その他」として扱います",
    )


def _place(fitted: FittedFeature) -> str:
    recipe = fitted.recipe
    if isinstance(recipe, CustomRecipe):
        return f"{'lead' if recipe.table == 'leads' else 'company'}.{recipe.column}"
    return fitted.name
