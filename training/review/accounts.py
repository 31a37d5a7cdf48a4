"""Accounts of log-odds: where those of one lead come from, and what makes those of two snapshots differ."""

from typing import Final

import numpy as np
import pandas as pd

from features.matrix import FeatureMatrix
from features.spec import FeatureSpec
from features.wording import Language, Wording
from models.conversion import ConversionModel
from training.review.feature_words import feature_names, value_words

BASE: Final = "base"
"""The first row of every account: what holds before anything is known of a lead."""

_BASE_WORDING: Final = Wording("Before anything is known", "何も分からない時点")


def account(model: ConversionModel, matrix: FeatureMatrix, language: Language) -> pd.DataFrame:
    """Tell where a snapshot's log-odds come from.

    Parameters
    ----------
    model : ConversionModel
        What believes.
    matrix : FeatureMatrix
        One snapshot.
    language : {"en", "ja"}
        Of the wording and the value.

    Returns
    -------
    pandas.DataFrame
        ``feature``, ``wording``, ``group``, ``value`` in words, ``contribution``: a row ``base``, then one row a
        feature, the largest contribution first. The contributions add up to the calibrated log-odds.
    """
    told = model.explained(matrix).contributions
    frame = _named(model.spec, language).assign(
        value=_values(model.spec, matrix, language), contribution=told.values[0]
    )
    return _under_base(frame, by="contribution", value="", contribution=told.base, language=language)


def two_accounts(model: ConversionModel, then: FeatureMatrix, now: FeatureMatrix, language: Language) -> pd.DataFrame:
    """Tell what makes the log-odds of two snapshots differ.

    Parameters
    ----------
    model : ConversionModel
        What believes.
    then, now : FeatureMatrix
        One snapshot each: of a lead on two days, of two leads, or of a lead as it is and as it might be.
    language : {"en", "ja"}
        Of the wording and the values.

    Returns
    -------
    pandas.DataFrame
        ``feature``, ``wording``, ``group``, ``value_then`` and ``value_now`` in words, ``contribution_then``,
        ``contribution_now`` and ``change``: a row ``base``, then one row a feature, the largest change first. The
        last three add up to the log-odds then, to those now, and to their difference.
    """
    spec = model.spec
    before, after = (model.explained(matrix).contributions for matrix in (then, now))
    frame = _named(spec, language).assign(
        value_then=_values(spec, then, language),
        value_now=_values(spec, now, language),
        contribution_then=before.values[0],
        contribution_now=after.values[0],
        change=after.values[0] - before.values[0],
    )
    base = {"contribution_then": before.base, "contribution_now": after.base, "change": after.base - before.base}
    return _under_base(frame, by="change", value_then="", value_now="", language=language, **base)


def _named(spec: FeatureSpec, language: Language) -> pd.DataFrame:
    return pd.DataFrame({"feature": spec.names, "wording": feature_names(spec, language), "group": spec.groups})


def _values(spec: FeatureSpec, matrix: FeatureMatrix, language: Language) -> list[str]:
    row = matrix.values[0].tolist()
    return [value_words(feature, value, language) for feature, value in zip(spec.features, row, strict=True)]


def _under_base(frame: pd.DataFrame, *, by: str, language: Language, **base: object) -> pd.DataFrame:
    """Order the rows by size and put the base above them."""
    first = {"feature": BASE, "wording": _BASE_WORDING.in_language(language), "group": BASE, **base}
    order = np.argsort(-frame[by].abs().to_numpy(dtype=np.float64), kind="stable")
    return pd.concat([pd.DataFrame([first]), frame.iloc[order]], ignore_index=True)
