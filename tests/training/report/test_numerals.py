import math

import pytest

from features.wording import LANGUAGES, Language
from training.report.numerals import UNDEFINED, Numerals

MIDNIGHT_IN_TOKYO_MS = 1_709_218_800_000  # 29 February 2024, 15:00 UTC


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_number_that_does_not_exist_is_an_en_dash(language: Language, value: float | None) -> None:
    numerals = Numerals(language)
    written = [numerals.count(value), numerals.decimal(value), numerals.percent(value), numerals.factor(value)]
    written += [numerals.points(value), numerals.times(value), numerals.signed(value), numerals.interval(value, 1.0)]
    assert set(written) == {UNDEFINED}


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0.0%"), (0.00042, "0.04%"), (0.0123, "1.2%"), (0.384, "38.4%"), (1.0, "100.0%")]
)
def test_small_shares_keep_a_figure_that_means_something(share: float, text: str) -> None:
    assert Numerals("en").percent(share) == text


def test_each_language_writes_dates_and_ranges_its_own_way() -> None:
    english, japanese = Numerals("en"), Numerals("ja")
    assert english.date(MIDNIGHT_IN_TOKYO_MS) == "29 Feb 2024"
    assert japanese.date(MIDNIGHT_IN_TOKYO_MS, "Asia/Tokyo") == "2024年3月1日"
    assert (english.month("2024-03"), japanese.month("2024-03")) == ("Mar\n2024", "3月\n2024年")
    assert (english.interval(-0.1, 0.2, 1), japanese.interval(0.1, 0.2, 1)) == ("−0.1 to 0.2", "0.1〜0.2")


def test_counts_have_separators_and_differences_have_signs() -> None:
    numerals = Numerals("ja")
    assert (numerals.count(1_234_567), numerals.signed(0.01), numerals.signed(-0.01)) == (
        "1,234,567",
        "+0.010",
        "−0.010",
    )
    assert (numerals.factor(1.5), numerals.factor(12.4), numerals.points(0.021)) == ("×1.50", "×12", "2.1ポイント")
