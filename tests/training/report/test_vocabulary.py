import re
from string import Formatter

import pytest

from training.report.vocabulary import vocabulary


def placeholders(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert vocabulary("en").phrases.keys() == vocabulary("ja").phrases.keys()


def test_both_languages_fill_in_the_same_values() -> None:
    english, japanese = vocabulary("en").phrases, vocabulary("ja").phrases
    differing = {key for key in english if placeholders(english[key]) != placeholders(japanese[key])}
    assert not differing


def test_every_japanese_phrase_is_in_japanese() -> None:
    same_everywhere = {"page.comma", "metrics.glossary", "segments.auc"}
    letters = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
    untranslated = {key for key, phrase in vocabulary("ja").phrases.items() if not letters.search(phrase)}
    assert untranslated <= same_everywhere


def test_unknown_phrase_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such"):
        vocabulary("en")("page.no_such")


def test_value_with_braces_is_not_read_as_a_placeholder() -> None:
    assert "{0}" in vocabulary("en")("attributes.rest", names="{0}")
