"""What a custom column holds, told from its values."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import isfinite
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
_MOST: Final = 0.9
_MOST_CATEGORIES: Final = 1000
_DISTINCT_SHARE: Final = 0.2
_FEW: Final = 30
_SENTENCE_CHARACTERS: Final = 20
_GROUPED_DIGITS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DIALLED: Final = re.compile(r"(\+|0)\d{7,}", re.ASCII)
_LONG_DIGITS: Final = re.compile(r"\d{7,}(?<!00)", re.ASCII)
"""Not ending in 00, as amounts often do."""
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?")
_USUAL: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?)?", re.ASCII
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


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
    if _share(~np.isnan(numbers(values)), support) >= _ALMOST_ALL and not _are_codes(values, support):
        return "number"
    if len(values) <= _FEW or len(values) <= min(_MOST_CATEGORIES, _DISTINCT_SHARE * support.sum()):
        return "category"
    characters = float(np.average([len(value) for value in values], weights=support))
    if characters >= _SENTENCE_CHARACTERS:
        return "text"
    return "category" if _repeats(support) else IDENTIFIER


def _are_codes(values: tuple[str, ...], support: IntArray) -> bool:
    """Whether numbers count nothing: telephone numbers, or digits that are as long in every row and never repeat."""
    is_dialled = np.array([_DIALLED.fullmatch(value) is not None for value in values])
    if _share(is_dialled, support) >= _MOST:
        return True
    lengths = [len(value) if _LONG_DIGITS.fullmatch(value) else 0 for value in values]
    usual = max(set(lengths), key=lengths.count)
    is_code = np.array(lengths) == usual
    return bool(usual and _share(is_code, support) >= _MOST and len(values) >= max(_FEW, _ALMOST_ALL * support.sum()))


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
    return np.array([_number(value) for value in values], dtype=np.float64)


def _number(value: str) -> float:
    try:
        number = float(value.replace(",", "") if _GROUPED_DIGITS.fullmatch(value) else value)
    except ValueError:
        return np.nan
    is_plain = value.isascii() and "_" not in value  # Python reads 1_000 and ١٢ as numbers, people do not write them
    return number if is_plain and isfinite(number) else np.nan


def dates(values: tuple[str, ...]) -> IntArray:
    """Turn ISO 8601 dates and times (UTC where no offset is given) into milliseconds; anything else is missing."""
    return np.array([_instant(value) for value in values], dtype=np.int64)


@lru_cache(maxsize=65_536)
def _instant(value: str) -> int:
    if not _DATE.fullmatch(value):
        return MISSING_MS
    try:
        parsed = datetime.fromisoformat(value) if _USUAL.fullmatch(value) else None
    except ValueError:
        parsed = None
    if parsed is None:
        return _rare_instant(value)
    return ((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)) - _EPOCH) // timedelta(milliseconds=1)


def _rare_instant(value: str) -> int:
    """Ask pandas, which takes a hundred times as long and knows more ways of writing a time."""
    return int(to_ms(pd.to_datetime(pd.Series([value]), format="ISO8601", errors="coerce", utc=True))[0])


def characters(values: tuple[str, ...]) -> FloatArray:
    """Return how long each text is."""
    return np.array([len(value) for value in values], dtype=np.float64)
