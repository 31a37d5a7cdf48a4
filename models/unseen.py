"""Values that a model cannot tell apart, because training showed too few leads with them."""

import numpy as np

from features.matrix import FeatureMatrix
from features.recipe import CustomRecipe
from features.records import Records
from features.snapshots import Snapshots
from features.spec import FeatureSpec, FittedFeature
from features.text_column import TextColumn
from features.view import View
from features.wording import Wording

_MOST_CHARACTERS = 40


def unseen_values(
    spec: FeatureSpec, matrix: FeatureMatrix, records: Records, snapshots: Snapshots
) -> list[tuple[Wording, ...]]:
    """Return, for each snapshot, a warning for every category that is treated as other."""
    warnings: list[list[Wording]] = [[] for _ in range(len(snapshots))]
    for position, fitted in enumerate(spec.features):
        if fitted.categories is None:
            continue
        rows = np.flatnonzero(matrix.values[:, position] == len(fitted.categories))
        if not len(rows):
            continue
        text = fitted.feature.measure(View(records, snapshots.take(rows)))
        if isinstance(text, TextColumn):
            for row, code in zip(rows.tolist(), text.codes.tolist(), strict=True):
                warnings[row].append(_warning(fitted, text.names[code]))
    return [tuple(found) for found in warnings]


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
