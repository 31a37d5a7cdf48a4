"""Values that a model cannot tell apart, because training showed too few leads with them."""

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
    columns, others = spec.other_codes
    seen = records.without(spec.excluded)
    is_other = matrix.values.take(columns, axis=1) == others
    warnings: list[tuple[Wording, ...]] = [()] * len(snapshots)
    for column in is_other.any(axis=0).nonzero()[0].tolist():
        rows = is_other[:, column].nonzero()[0]
        found = _warnings(spec.features[columns[column]], View(seen, snapshots.take(rows)))
        for row, warning in zip(rows.tolist(), found, strict=True):
            warnings[row] = (*warnings[row], warning)
    return warnings


def _warnings(fitted: FittedFeature, view: View) -> list[Wording]:
    text = fitted.feature.measure(view)
    if not isinstance(text, TextColumn):
        raise TypeError(f"{fitted.name} has categories and is measured in numbers")
    return [_warning(fitted, text.names[code]) for code in text.codes.tolist()]


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
