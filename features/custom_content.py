"""What a custom column holds, told from its values."""

import re
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from features.arrays import BoolArray, FloatArray, IntArray
from features.instant import MISSING_MS, to_ms
from features.text_column import TextColumn
from features.wording import Wording

Content: TypeAlias = Literal["number", "flag", "category", "date", "text"]

NO_VALUE: Final = Wording("holds no value", "値が入っていない")
ONE_VALUE: Final = Wording("holds the same value in every row", "すべての行が同じ値")
IDENTIFIER: Final = Wording(
    "looks like an identifier or a name: nearly every row has a value of its own",
    "識別子または名称とみられる（行ごとに値が異なる）",
)

_YES: Final = frozenset({"true", "yes", "y", "t", "1", "1.0", "はい", "有", "あり", "○"})
_NO: Final = frozenset({"false", "no", "n", "f", "0", "0.0", "いいえ", "無", "なし", "×"})
_ALMOST_ALL: Final = 0.99
_MOST_CATEGORIES: Final = 1000
_DISTINCT_SHARE: Final = 0.2
_FEW: Final = 30
_SENTENCE_CHARACTERS: Final = 20
_GROUPED_DIGITS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?")


def content_of(column: TextColumn) -> Content | Wording:
    """Tell what a custom column holds.

    Returns
    -------
    str or Wording
        The content, or the reason why the column can be no feature.
    """
    support = np.bincount(column.codes[column.codes >= 0], minlength=len(column.names))
    used = tuple(name for name, rows in zip(column.names, support, strict=True) if rows)
    support = support[support > 0]
    if not used:
        return NO_VALUE
    if len(used) == 1:
        return "category" if (column.codes < 0).any() else ONE_VALUE
    return _content_of_values(used, support)


def _content_of_values(values: tuple[str, ...], support: IntArray) -> Content | Wording:
    if all(value.lower() in _YES | _NO for value in values):
        return "flag"
    if _share(dates(values) != MISSING_MS, support) >= _ALMOST_ALL:
        return "date"
    if _share(~np.isnan(numbers(values)), support) >= _ALMOST_ALL:
        return "number"
    if len(values) <= _FEW or len(values) <= min(_MOST_CATEGORIES, _DISTINCT_SHARE * support.sum()):
        return "category"
    characters = float(np.average([len(value) for value in values], weights=support))
    if characters >= _SENTENCE_CHARACTERS:
        return "text"
    return "category" if _repeats(support) else IDENTIFIER


def _share(holds: BoolArray, support: IntArray) -> float:
    return float(np.average(holds, weights=support))


def _repeats(support: IntArray) -> bool:
    """Whether the most frequent values, too many for all to be categories, still cover much of the rows."""
    return bool(np.sort(support)[-_FEW:].sum() >= _DISTINCT_SHARE * support.sum())


def flags(values: tuple[str, ...]) -> FloatArray:
    """Turn yes and no, in the spellings that CRMs export, into 1 and 0; anything else into NaN."""
    return np.array([_flag(value.lower()) for value in values], dtype=np.float64)


def _flag(value: str) -> float:
    return 1.0 if value in _YES else 0.0 if value in _NO else np.nan


def numbers(values: tuple[str, ...]) -> FloatArray:
    """Turn text into numbers, digits grouped by commas included; anything else, and infinity, into NaN."""
    plain = [value.replace(",", "") if _GROUPED_DIGITS.fullmatch(value) else value for value in values]
    parsed = pd.to_numeric(pd.Series(plain, dtype=object), errors="coerce").to_numpy(dtype=np.float64)
    return np.where(np.isfinite(parsed), parsed, np.nan)


def dates(values: tuple[str, ...]) -> IntArray:
    """Turn ISO 8601 dates and times (UTC where no offset is given) into milliseconds; anything else is missing."""
    plausible = pd.Series([value if _DATE.fullmatch(value) else None for value in values], dtype=object)
    return to_ms(pd.to_datetime(plausible, format="ISO8601", errors="coerce", utc=True))


def characters(values: tuple[str, ...]) -> FloatArray:
    """Return how long each text is."""
    return np.array([len(value) for value in values], dtype=np.float64)
