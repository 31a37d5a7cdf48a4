"""What a feature is."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from math import isnan
from typing import Literal, TypeAlias

from features.catalogue.saying import CategorySaying, NumberSaying
from features.catalogue.sentence import CategorySentence, Sentence, not_known, uncapitalised
from features.seen import Numbers, Seen, Texts
from features.wording import Language, Wording

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
Measure: TypeAlias = Callable[[Seen], Numbers | Texts]


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
        What a missing value means, said in words; None where the value is never missing.
    measure : callable
        From a view to one value a snapshot: numbers, or text for a category.
    sentence : NumberSentence or CategorySentence
        How it says a value.
    """

    name: str
    unit: Unit
    group: Group
    wording: Wording
    missing: Wording | None
    measure: Measure
    sentence: Sentence

    def say(self, value: float, category: str | None, language: Language) -> str:
        """Return a value in words.

        Parameters
        ----------
        value : float
            As in the feature matrix: NaN is missing, a category its code.
        category : str or None
            For a category, its name; None where the model does not distinguish it, and for numbers.
        language : {"en", "ja"}
            The language of the sentence.
        """
        if isnan(value):
            return self._missing(language)
        if isinstance(self.sentence, CategorySentence):
            return self.sentence.say(category, language)
        return self.sentence.say(value, language)

    def saying(self, categories: tuple[str, ...], language: Language) -> NumberSaying | CategorySaying:
        """Return the sentences of one language, ready for many values: numbers, or the codes of categories."""
        if isinstance(self.sentence, CategorySentence):
            return self.sentence.saying(language, categories, self._missing(language))
        return self.sentence.saying(language, self._missing(language))

    def _missing(self, language: Language) -> str:
        return (self.missing or not_known(uncapitalised(self.wording))).in_language(language)


def plain_name(text: str) -> str:
    """Turn a source's own name into one that a feature can have: letters, digits and underscores, in lower case."""
    return re.sub(r"\W+", "_", unicodedata.normalize("NFKC", text).lower()).strip("_") or "unnamed"
