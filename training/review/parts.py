"""The values of a feature in a few parts that people can name."""

from dataclasses import dataclass

import numpy as np

from features.arrays import BoolArray, FloatArray
from features.spec import FittedFeature
from features.wording import Language, Wording
from training.review.feature_words import value_words

_MISSING = Wording("not there", "なし")
_LEAST_MISSING = 0.1


@dataclass(frozen=True)
class Part:
    """Some values of a feature.

    Attributes
    ----------
    name : str
        The values in words.
    rows : numpy.ndarray
        bool, which snapshots have one of them.
    """

    name: str
    rows: BoolArray


def parts_of(feature: FittedFeature, values: FloatArray, most: int, language: Language) -> tuple[Part, ...]:
    """Part the snapshots by a feature: the most frequent categories, or numbers by quantiles.

    Parameters
    ----------
    feature : FittedFeature
        By what.
    values : numpy.ndarray
        float64, its value in each snapshot; where at least a tenth are missing, these are a part of their own.
    most : int
        How many parts of known values there may be.
    language : {"en", "ja"}
        Of the names.
    """
    if feature.categories is not None:
        return _categories(feature, values, most, language)
    known = ~np.isnan(values)
    missing = feature.missing.in_language(language) if feature.missing else _MISSING.in_language(language)
    blank = (Part(missing, ~known),) if (~known).mean() >= _LEAST_MISSING else ()
    edges = np.unique(np.quantile(values[known], np.arange(1, most) / most)) if known.any() else np.empty(0)
    code = edges.searchsorted(values, side="right")
    numbers = (Part(_span(feature, values[rows], language), rows) for rows in _each(code, known, len(edges) + 1))
    return (*blank, *numbers)


def _each(code: np.ndarray, known: BoolArray, count: int) -> list[BoolArray]:
    each = [known & (code == number) for number in range(count)]
    return [rows for rows in each if rows.any()]


def _categories(feature: FittedFeature, values: FloatArray, most: int, language: Language) -> tuple[Part, ...]:
    codes, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    frequent = codes[np.argsort(-counts, kind="stable")[:most]]
    return tuple(Part(value_words(feature, code, language), values == code) for code in frequent.tolist())


def _span(feature: FittedFeature, values: FloatArray, language: Language) -> str:
    low, high = (value_words(feature, float(end), language) for end in (values.min(), values.max()))
    if low == high:
        return low
    return f"{low}〜{high}" if language == "ja" else f"{low} – {high}"
