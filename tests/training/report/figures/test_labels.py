import warnings
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.wording import LANGUAGES, Language
from training.report.figures.canvas import finish, house_style, only_axes
from training.report.figures.fonts import legible
from training.report.figures.labels import columns, shortened, wrapped

LONG_JAPANESE = "電話・商談・セミナー等の直接の接点が全体の活動に占める割合（直近三十日間のWeb行動との比較）"


@given(st.text(max_size=120), st.integers(4, 40))
def test_label_never_grows_beyond_its_place(text: str, width: int) -> None:
    lines = wrapped(text, width).split("\n")
    assert len(lines) <= 2
    assert all(columns(line) <= width for line in lines)


def test_forty_japanese_characters_fit_in_two_lines() -> None:
    first, second = wrapped(LONG_JAPANESE[:34], 34).split("\n")
    assert first + second == LONG_JAPANESE[:34]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("単純なロジスティック回帰", ["単純な", "ロジスティック回帰"]),
        ("ページ閲覧数（直近7日）", ["ページ閲覧数", "（直近7日）"]),
        ("Active people of the company", ["Active people of", "the company"]),
    ],
)
def test_lines_break_where_a_reader_would(text: str, lines: list[str]) -> None:
    assert wrapped(text, 20).split("\n") == lines


def test_text_that_is_cut_says_so() -> None:
    assert shortened("information technology", 12) == "informatio…"
    assert shortened("short", 12) == "short"


def test_character_without_a_glyph_becomes_a_box() -> None:
    assert legible("fair 🚚\tno.\n1") == "fair □ no. 1"


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(min_size=1, max_size=12))
@settings(max_examples=8, deadline=None)
def test_any_text_is_drawn_without_a_complaint(language: Language, text: str) -> None:
    with warnings.catch_warnings(), house_style(language):
        warnings.simplefilter("error")
        figure, axes = only_axes(1.0, 2.0)
        axes.set_title(wrapped(text, 30))
        assert BytesIO(finish(figure, "").svg).read(5) == b"<?xml"
