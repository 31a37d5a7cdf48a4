"""Reasons: which contributions are told, and that nothing gets lost beside them."""

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from features.recipe import CatalogueRecipe
from features.spec import FeatureSpec, FittedFeature
from features.wording import LANGUAGES
from models.member import Contributions
from models.reasons import LEAST_LOG_ODDS, OTHER, Explanation, Reason, explanations

NUMBERS = (
    *("days_since_last_meeting", "email_clicks_30d", "employees", "unsubscribed", "open_deals", "calls_30d"),
    *("page_views_7d", "meetings_ever", "days_in_stage", "colleagues", "company_wins", "email_open_rate"),
)
INDUSTRIES = ("retail", "other")
SPEC = FeatureSpec(
    (
        FittedFeature(CatalogueRecipe("industry"), INDUSTRIES),
        *(FittedFeature(CatalogueRecipe(name), None) for name in NUMBERS),
    )
)
WIDTH = len(SPEC.names)
ROWS = st.integers(1, 4)


def contribution_tables() -> st.SearchStrategy[FloatArray]:
    """Tables with ties, zeros and contributions too small to tell."""
    part = st.one_of(st.floats(-5, 5), st.sampled_from([0.0, 0.3, -0.3, 0.009, -0.009]))
    return ROWS.flatmap(lambda rows: arrays(np.float64, (rows, WIDTH), elements=part, fill=st.nothing()))


def matrix_of(values: FloatArray) -> FeatureMatrix:
    return FeatureMatrix(SPEC.names, values, SPEC.categorical)


def explained(added: FloatArray, base: float = -2.0, most: int = 8) -> list[Explanation]:
    return explanations(SPEC, matrix_of(np.ones(added.shape)), Contributions(added, base), most)


def parts_told(explanation: Explanation) -> list[float]:
    return [reason.contribution_log_odds for reason in explanation.reasons]


tables = given(added=contribution_tables())


@given(added=contribution_tables(), base=st.floats(-10, 10), most=st.integers(0, WIDTH))
def test_base_reasons_and_the_rest_add_up_to_the_log_odds(added: FloatArray, base: float, most: int) -> None:
    contributions = Contributions(added, base)
    told = explained(added, base, most)
    assert len(told) == len(added)
    for explanation, log_odds in zip(told, contributions.log_odds, strict=True):
        whole = explanation.base_log_odds + sum(parts_told(explanation)) + explanation.other_log_odds
        assert whole == pytest.approx(explanation.log_odds, abs=1e-9)
        assert explanation.log_odds == log_odds
        assert explanation.base_probability == pytest.approx(1 / (1 + np.exp(-base)), abs=1e-12)


@given(added=contribution_tables(), most=st.integers(0, WIDTH))
def test_reasons_are_as_many_as_asked_for_and_worth_telling(added: FloatArray, most: int) -> None:
    for explanation, row in zip(explained(added, most=most), added, strict=True):
        worth_telling = int((np.abs(row) >= LEAST_LOG_ODDS).sum())
        assert len(explanation.reasons) == min(most, worth_telling)
        assert len({reason.feature for reason in explanation.reasons}) == len(explanation.reasons)


@tables
def test_reasons_stand_from_the_largest_to_the_smallest(added: FloatArray) -> None:
    for explanation in explained(added):
        sizes = np.abs(parts_told(explanation))
        assert (np.diff(sizes) <= 0).all()


@tables
def test_nothing_larger_of_the_same_direction_is_left_untold(added: FloatArray) -> None:
    for explanation, row in zip(explained(added), added, strict=True):
        told = {reason.feature for reason in explanation.reasons}
        for reason in explanation.reasons:
            same = np.sign(row) == np.sign(reason.contribution_log_odds)
            larger = same & (np.abs(row) > abs(reason.contribution_log_odds))
            assert {SPEC.names[column] for column in np.flatnonzero(larger)} <= told


@tables
def test_direction_is_the_sign_of_the_contribution(added: FloatArray) -> None:
    for explanation in explained(added):
        for reason in explanation.reasons:
            column = SPEC.names.index(reason.feature)
            assert reason.contribution_log_odds in added[:, column]
            assert reason.direction == ("up" if reason.contribution_log_odds > 0 else "down")


def test_what_speaks_against_is_told_beside_many_larger_contributions_that_speak_for() -> None:
    added = np.full((1, WIDTH), 1.0)
    added[0, [2, 5, 7]] = [-0.02, -0.05, -0.03]
    (explanation,) = explained(added)
    assert [part for part in parts_told(explanation) if part < 0] == [-0.05, -0.03]
    assert len(explanation.reasons) == 8


@tables
@settings(max_examples=30)
def test_one_lead_is_explained_as_within_a_batch(added: FloatArray) -> None:
    alone = [explanation for row in added for explanation in explained(row[np.newaxis])]
    assert alone == explained(added)


def reason(name: str, value: float) -> Reason:
    """Return the reason of a single feature that counts."""
    values, added = np.ones((1, WIDTH)), np.zeros((1, WIDTH))
    column = SPEC.names.index(name)
    values[0, column], added[0, column] = value, -0.5
    ((only,),) = [explained.reasons for explained in explanations(SPEC, matrix_of(values), Contributions(added, 0.0))]
    return only


def test_reason_carries_what_the_contract_asks_for() -> None:
    meeting = reason("days_since_last_meeting", 2.8)
    told = (meeting.feature, meeting.group, meeting.value, meeting.unit, meeting.contribution_log_odds)
    assert told == ("days_since_last_meeting", "engagement", 2.8, "days", -0.5)
    assert [meeting.text(language) for language in LANGUAGES] == [
        "last meeting 2.8 days ago",
        "最後の商談・打ち合わせから2.8日",
    ]


def test_missing_value_is_none_and_said_as_such() -> None:
    meeting = reason("days_since_last_meeting", nan)
    assert meeting.value is None
    assert meeting.text("en") == "no meeting yet"


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        (0.0, "retail", "industry: retail"),
        (1.0, "other", "industry: other"),
        (2.0, OTHER, "industry: a value rare or not seen in training"),
        (nan, None, "industry: not known"),
    ],
)
def test_category_is_given_as_its_text(code: float, value: str | None, text: str) -> None:
    industry = reason("industry", code)
    assert (industry.value, industry.text("en")) == (value, text)


def test_equal_leads_have_equal_explanations_though_a_value_is_missing() -> None:
    assert reason("days_since_last_meeting", nan) == reason("days_since_last_meeting", nan)


def test_matrix_of_other_features_is_refused() -> None:
    one = FeatureMatrix(("industry",), np.ones((1, 1)), ("industry",))
    with pytest.raises(ValueError, match=rf"Reasons need the {WIDTH} features of the model .* found 1 features"):
        explanations(SPEC, one, Contributions(np.ones((1, 1)), 0.0))


def test_contributions_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"contributions of shape \(2, 13\)"):
        explanations(SPEC, matrix_of(np.ones((1, WIDTH))), Contributions(np.ones((2, WIDTH)), 0.0))
