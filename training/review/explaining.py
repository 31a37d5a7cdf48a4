"""The champion's contributions as shap's plots take them."""

from typing import Any

import numpy as np

from features.matrix import FeatureMatrix
from features.spec import FeatureSpec
from features.wording import Language
from models.conversion import ConversionModel
from training.report.figures.fonts import legible
from training.review.feature_words import feature_names, value_words
from training.review.shap_library import shap


def shap_explanation(model: ConversionModel, matrix: FeatureMatrix, language: Language) -> Any:
    """Explain snapshots in calibrated log-odds: what they are made of is what is shown to whoever asks for a score.

    Parameters
    ----------
    model : ConversionModel
        What believes.
    matrix : FeatureMatrix
        Features of the snapshots, of the model's own spec.
    language : {"en", "ja"}
        Of the names and the values.

    Returns
    -------
    shap.Explanation
        ``values`` of shape (snapshots, features); with ``base_values`` they add up to the calibrated log-odds.
        ``data`` holds the numbers, ``display_data`` the same in words, ``feature_names`` the features' wording.

    Raises
    ------
    FeatureMismatchError
        Where the matrix has other features than the model.
    """
    contributions = model.explained(matrix).contributions
    return shap().Explanation(
        values=contributions.values,
        base_values=np.full(len(matrix.values), contributions.base),
        data=matrix.values,
        display_data=_words(model.spec, matrix, language),
        feature_names=[_plain(name) for name in feature_names(model.spec, language)],
    )


def _words(spec: FeatureSpec, matrix: FeatureMatrix, language: Language) -> Any:
    """Return every value in words; a value that is there many times is worded once."""
    words = np.empty(matrix.values.shape, dtype=object)
    for column, feature in enumerate(spec.features):
        values, code = np.unique(matrix.values[:, column], return_inverse=True)
        told = np.array([_plain(value_words(feature, value, language)) for value in values.tolist()], dtype=object)
        words[:, column] = told[code]
    return words


def _plain(text: str) -> str:
    """Return a text that is drawn as it stands: what would begin a formula is a dollar sign."""
    return legible(text).replace("$", r"\$")
