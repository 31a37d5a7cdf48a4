"""The features that every stream of activities can have."""

from features.catalogue.feature import Feature, Measure, Unit
from features.catalogue.occurrence import OCCURRENCES
from features.catalogue.sentence import NumberSentence
from features.catalogue.stream_measure import StreamMeasure
from features.wording import Wording


def count(name: str, stream: str, days: int | None) -> Feature:
    """Count a stream, in a window or ever."""
    measure, words = StreamMeasure(stream, "ever" if days is None else days), OCCURRENCES[stream]
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
        StreamMeasure(stream, "days_since_last"),
        words.recency_sentence(),
    )


def never_missing(name: str, unit: Unit, wording: Wording, measure: Measure, sentence: NumberSentence) -> Feature:
    """Return a feature that is never missing."""
    return Feature(name, unit, "engagement", wording, None, measure, sentence)
