"""What holds for the sentences of every feature there is, in both languages."""

import re
import tomllib
from math import nan
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import job_title
from features.catalogue import FEATURES, Feature, activity_type_feature, custom_feature
from features.catalogue.sentence import CategorySentence, NumberSentence
from features.recipe import CatalogueRecipe
from features.schema import SCHEMAS, allowed_values
from features.spec import FittedFeature
from features.streams import KNOWN_TYPES
from features.wording import LANGUAGES, Language
from tests.features.small_source import RECIPES

ALL = {recipe.feature().name: recipe.feature() for recipe in RECIPES}
OWN = tuple(recipe.feature().name for recipe in RECIPES if isinstance(recipe, CatalogueRecipe))
NUMBERS = tuple(name for name, feature in ALL.items() if isinstance(feature.sentence, NumberSentence))
VALUES = (0.0, 0.02, 0.3, 0.99, 1.0, 2.0, 2.8, 41.0, 1_234.5, 1e6, 12e9, nan)
CATEGORIES = ("JP", "it_services", "Trade Show", "東京都", None)
DECLARED = {
    name: allowed_values(schema.columns[name])
    for schema in SCHEMAS.values()
    for name in schema.columns
    if name in FEATURES and allowed_values(schema.columns[name])
}
SAME_FOR_ONE = {"bant_answers_known", "sales_people_involved"}
"""English says "1 of 5" as it says "3 of 5"."""

every_feature = pytest.mark.parametrize("name", ALL)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def sentences(feature: Feature, language: Language) -> list[str]:
    if isinstance(feature.sentence, NumberSentence):
        return [feature.say(value, None, language) for value in VALUES]
    categories = (*CATEGORIES, *DECLARED.get(feature.name, ()))
    return [feature.say(nan, None, language), *(feature.say(0.0, category, language) for category in categories)]


def fitted(name: str, *categories: str) -> FittedFeature:
    return FittedFeature(CatalogueRecipe(name), categories or None)


@every_language
@every_feature
def test_sentence_is_clean(name: str, language: Language) -> None:
    for sentence in sentences(ALL[name], language):
        assert sentence.strip() == sentence != ""
        assert not re.search(r"[{}]|  |\bnan\b|None", sentence), sentence


@every_feature
def test_japanese_sentence_is_japanese(name: str) -> None:
    for sentence in sentences(ALL[name], "ja"):
        digits_ungrouped = re.sub(r"(?<=\d),(?=\d{3})", "", sentence)
        assert re.search(r"[ぁ-んァ-ヶ一-龠]|：", sentence), sentence
        assert not re.search(r"[,;:?!()]", digits_ungrouped), sentence


@pytest.mark.parametrize("name", OWN)
def test_english_sentence_is_english(name: str) -> None:
    for sentence in sentences(ALL[name], "en"):
        assert sentence.replace("東京都", "").isascii(), sentence


@pytest.mark.parametrize("name", NUMBERS)
def test_one_is_singular_in_english(name: str) -> None:
    one, three = (ALL[name].say(value, None, "en") for value in (1.0, 3.0))
    assert not re.search(r"(?<![\d.,])1 (days|hours|times|points)\b", one)
    if ALL[name].unit in {"count", "people", "employees", "years", "characters", "points"} and name not in SAME_FOR_ONE:
        assert one != three.replace("3", "1", 1)


@every_language
@every_feature
def test_missing_value_reads_as_declared(name: str, language: Language) -> None:
    missing = ALL[name].missing
    if missing is not None:
        assert ALL[name].say(nan, None, language) == missing.in_language(language)


@every_language
@pytest.mark.parametrize("name", NUMBERS)
@given(value=st.floats(allow_nan=True, allow_infinity=True))
@settings(max_examples=25, deadline=None)
def test_any_number_can_be_said(name: str, language: Language, value: float) -> None:
    assert ALL[name].say(value, None, language)


def words(name: str) -> set[str]:
    sentence = FEATURES[name].sentence
    assert isinstance(sentence, CategorySentence)
    assert all(wording.en and wording.ja for wording in sentence.words.values())
    return set(sentence.words)


@pytest.mark.parametrize("name", DECLARED)
def test_every_declared_value_has_words(name: str) -> None:
    assert words(name) == set(DECLARED[name])


@pytest.mark.parametrize("name", ["seniority", "department"])
def test_everything_a_job_title_can_say_has_words(name: str) -> None:
    lexicon = Path(job_title.__file__).parent / "lexicon" / "job_titles.toml"
    assert words(name) == set(tomllib.loads(lexicon.read_text(encoding="utf-8"))[name])


def test_every_known_activity_type_has_words() -> None:
    assert words("last_activity_type") == KNOWN_TYPES


@every_language
@given(name=st.text(min_size=1))
def test_names_of_a_source_are_said_verbatim(language: Language, name: str) -> None:
    said = [
        activity_type_feature(name, "count_30d").say(3.0, None, language),
        activity_type_feature(name, "count_ever").say(0.0, None, language),
        activity_type_feature(name, "days_since_last").say(nan, None, language),
        custom_feature("leads", name, "number").say(40.0, None, language),
        custom_feature("leads", name, "flag").say(1.0, None, language),
        custom_feature("leads", name, "date").say(nan, None, language),
        custom_feature("companies", name, "category").say(0.0, "x", language),
        custom_feature("companies", "colour", "category").say(0.0, name, language),
    ]
    assert all(name in sentence for sentence in said)


@pytest.mark.parametrize(
    ("name", "value", "en", "ja"),
    [
        ("days_since_last_meeting", 2.8, "last meeting 2.8 days ago", "最後の商談・打ち合わせから2.8日"),
        ("days_since_last_meeting", 0.01, "last meeting less than an hour ago", "最後の商談・打ち合わせから1時間未満"),
        ("days_since_last_meeting", 0.2, "last meeting 5 hours ago", "最後の商談・打ち合わせから5時間"),
        ("days_since_last_meeting", 0.99, "last meeting 1 day ago", "最後の商談・打ち合わせから1日"),
        ("days_since_last_meeting", 49.6, "last meeting 50 days ago", "最後の商談・打ち合わせから50日"),
        ("days_since_last_meeting", nan, "no meeting yet", "商談・打ち合わせはまだありません"),
        ("email_clicks_30d", 1.0, "1 click in mails in the last 30 days", "直近30日のメール内クリック1回"),
        ("email_clicks_30d", 3.0, "3 clicks in mails in the last 30 days", "直近30日のメール内クリック3回"),
        ("email_clicks_30d", 0.0, "no click in mails in the last 30 days", "直近30日のメール内クリックなし"),
        ("page_views_ever", 1_204.0, "1,204 pages viewed so far", "これまでのページ閲覧1,204回"),
        ("email_open_rate", 0.125, "mail open rate 12.5%", "メール開封率12.5%"),
        ("email_open_rate", 0.0004, "mail open rate 0.04%", "メール開封率0.04%"),
        ("annual_revenue", 12e9, "annual revenue 12,000,000,000", "年間売上高120億"),
        ("annual_revenue", 850e6, "annual revenue 850,000,000", "年間売上高8億5,000万"),
        ("annual_revenue", 1_234_567.0, "annual revenue 1,234,567", "年間売上高1,234,567"),
        (
            "response_points",
            1.35,
            *(
                "active responses worth 1.35 points, old ones counting less",
                "能動的な反応1.35ポイント（古いものほど軽く評価）",
            ),
        ),
        ("unsubscribed", 1.0, "unsubscribed from mails", "メール配信停止済み"),
        ("colleagues", nan, "no other person of the company known", "同じ企業の他の担当者は登録されていません"),
        ("budget_amount", nan, "budget amount: not asked yet, or not answered", "予算額：未確認、または未回答"),
    ],
)
def test_number_reads_as_people_say_it(name: str, value: float, en: str, ja: str) -> None:
    assert fitted(name).say(value, "en") == en
    assert fitted(name).say(value, "ja") == ja


@pytest.mark.parametrize(
    ("name", "category", "en", "ja"),
    [
        ("budget_status", "will_buy", "budget: will buy", "予算：購入予定"),
        ("need", "must", "need: must have", "必要性：必須"),
        ("stage", "mql", "stage: MQL (marketing qualified)", "ステージ：MQL（マーケティング選別済み）"),
        ("source", "Trade Show", "lead source: trade show", "リードソース：展示会"),
        ("country", "JP", "country: JP", "国：JP"),
        ("last_activity_type", "call", "last activity: call", "最後の活動：電話"),
    ],
)
def test_well_known_category_has_words_and_any_other_is_verbatim(name: str, category: str, en: str, ja: str) -> None:
    feature = fitted(name, "another", category)
    assert (feature.say(1.0, "en"), feature.say(1.0, "ja")) == (en, ja)


def test_category_beyond_the_trained_ones_is_told_from_a_missing_one() -> None:
    industry = fitted("industry", "retail")
    assert industry.say(1.0, "en") == "industry: a value rare or not seen in training"
    assert industry.say(1.0, "ja") == "業種：学習データにない、またはまれな値"
    assert industry.say(nan, "en") == "industry: not known"


@pytest.mark.parametrize(
    ("value", "en"),
    [(2024.0, "seats: 2024"), (-0.1, "seats: -0.1"), (1.25e6, "seats: 1,250,000"), (93.994, "seats: 93.994")],
)
def test_custom_number_keeps_its_digits(value: float, en: str) -> None:
    assert custom_feature("leads", "seats", "number").say(value, None, "en") == en
