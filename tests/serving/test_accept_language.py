import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.wording import Language
from serving.accept_language import accepted_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-GB, ja;q=0.2", "en"),
        ("en;q=0.3, ja;q=0.7", "ja"),
        ("fr, de", "en"),
        ("JA", "ja"),
        ("ja;q=0", "en"),
        ("*", "en"),
    ],
)
def test_language_that_is_liked_best_is_taken(header: str, language: Language) -> None:
    assert accepted_language(header, "en") == language


@given(st.text())
def test_any_header_gives_a_language(header: str) -> None:
    assert accepted_language(header, "ja") in ("en", "ja")
