import re
from string import Formatter

from features.wording import LANGUAGES
from training.report.vocabulary import vocabulary
from training.review import Review
from training.review.feature_words import feature_names, value_words

PACKAGE = "training.review"


def placeholders(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def test_both_languages_have_the_same_keys_and_fill_in_the_same_values() -> None:
    english, japanese = vocabulary("en", PACKAGE).phrases, vocabulary("ja", PACKAGE).phrases
    assert english.keys() == japanese.keys()
    assert not {key for key in english if placeholders(english[key]) != placeholders(japanese[key])}


def test_every_japanese_phrase_is_in_japanese() -> None:
    own = vocabulary("ja", PACKAGE).phrases.keys() - vocabulary("ja").phrases.keys()
    letters = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
    assert not {key for key in own if not letters.search(vocabulary("ja", PACKAGE).phrases[key])}


def test_phrases_of_the_report_keep_their_meaning() -> None:
    for language in LANGUAGES:
        report, review = vocabulary(language).phrases, vocabulary(language, PACKAGE).phrases
        assert {key: review[key] for key in report} == report


def test_every_feature_has_a_name_of_its_own_in_both_languages(review: Review) -> None:
    for language in LANGUAGES:
        names = feature_names(review.model.spec, language)
        assert len(set(names)) == len(names)


def test_missing_value_is_a_dash_in_every_feature(review: Review) -> None:
    assert {value_words(feature, float("nan"), "ja") for feature in review.model.spec.features} == {"–"}
