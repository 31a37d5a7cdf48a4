"""Features and their values as plots and tables name them."""

from collections import Counter
from math import isnan
from typing import Final

from features.catalogue.sentence import CategorySentence
from features.spec import FeatureSpec, FittedFeature
from features.wording import Language, Wording

MISSING: Final = Wording("–", "–")
_OTHER: Final = Wording("other", "その他")
_YES: Final = Wording("yes", "はい")
_NO: Final = Wording("no", "いいえ")


def feature_names(spec: FeatureSpec, language: Language) -> list[str]:
    """Return each feature's name for people, with its own name behind where two would read alike."""
    names = [feature.wording.in_language(language) for feature in spec.features]
    times = Counter(names)
    both = zip(names, spec.names, strict=True)
    return [f"{name} ({own})" if times[name] > 1 else name for name, own in both]


def names_of(spec: FeatureSpec, language: Language) -> dict[str, str]:
    """Return the same by the features' own names."""
    return dict(zip(spec.names, feature_names(spec, language), strict=True))


def value_words(feature: FittedFeature, value: float, language: Language) -> str:
    """Return a value of the feature matrix, short: ``2.8 days``, ``must have``; a dash where it is missing."""
    sentence = feature.feature.sentence
    if isnan(value):
        return MISSING.in_language(language)
    if isinstance(sentence, CategorySentence):
        return _category_words(sentence, feature.category(value), language)
    if feature.unit == "flag":
        return (_YES if value else _NO).in_language(language)
    return sentence.written(value, language)


def _category_words(sentence: CategorySentence, category: str | None, language: Language) -> str:
    if category is None:
        return _OTHER.in_language(language)
    words = sentence.words.get(category.lower().replace(" ", "_"))
    return category if words is None else words.in_language(language)
