"""What a feature is."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from features.arrays import FloatArray
from features.text_column import TextColumn
from features.view import View
from features.wording import Wording

Group: TypeAlias = Literal["fit", "engagement", "intent", "timing", "account"]
Unit: TypeAlias = Literal[
    "amount",
    "category",
    "characters",
    "count",
    "days",
    "employees",
    "flag",
    "number",
    "people",
    "points",
    "share",
    "years",
]
Measure: TypeAlias = Callable[[View], FloatArray | TextColumn]

NEVER: Final = Wording("it has not happened yet", "まだ一度もない")
NOT_KNOWN: Final = Wording("not known", "不明")
NO_COLLEAGUES: Final = Wording("no other person of the company is known", "同じ企業の他の担当者が登録されていない")
NOT_SENT: Final = Wording("no mail has been sent yet", "まだメールを送っていない")


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of the feature matrix.

    Attributes
    ----------
    name : str
        A field term with its window, such as ``email_clicks_30d``.
    unit : str
        What the value counts; ``category`` for text.
    group : str
        Which part of the score it belongs to.
    wording : Wording
        The name for people.
    missing : Wording or None
        What a missing value means; None where the value is never missing.
    measure : callable
        From a view to one value a snapshot: numbers, or text for a category.
    """

    name: str
    unit: Unit
    group: Group
    wording: Wording
    missing: Wording | None
    measure: Measure


def plain_name(text: str) -> str:
    """Turn a source's own name into one that a feature can have: letters, digits and underscores, in lower case."""
    return re.sub(r"\W+", "_", unicodedata.normalize("NFKC", text).lower()).strip("_") or "unnamed"
