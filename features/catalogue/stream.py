"""The features that every stream of activities can have."""

from features.arrays import FloatArray
from features.catalogue.feature import Feature, Measure, Unit
from features.catalogue.occurrence import OCCURRENCES
from features.catalogue.sentence import NumberSentence
from features.view import View
from features.wording import Wording


def count(name: str, stream: str, days: int | None) -> Feature:
    """Count a stream, in a window or ever."""

    def measure(view: View) -> FloatArray:
        return view.ever(stream) if days is None else view.count(stream, days)

    words = OCCURRENCES[stream]
    return Feature(name, "count", "engagement", words.count_wording(days), None, measure, words.count_sentence(days))


def days_since_last(name: str, stream: str) -> Feature:
    """Return how long ago a stream's last activity was."""
    words = OCCURRENCES[stream]
    return Feature(
        name,
        "days",
        "engagement",
        words.recency_wording(),
        words.never(),
        lambda view: view.days_since_last(stream),
        words.recency_sentence(),
    )


def never_missing(name: str, unit: Unit, wording: Wording, measure: Measure, sentence: NumberSentence) -> Feature:
    """Return a feature that is never missing."""
    return Feature(name, unit, "engagement", wording, None, measure, sentence)
