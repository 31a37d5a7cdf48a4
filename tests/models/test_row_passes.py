"""The compiled passes over rows: what a row gets depends on nothing but its own numbers."""

import math
from collections.abc import Callable

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from features.arrays import FloatArray
from models.blend import CalibratedPass, WeightedPass
from models.booster import BoosterMember
from models.linear import LinearMember
from models.linear_pass import LinearPass
from models.linear_terms import Curve, Table, signed_log
from models.member import Contributions, Member
from models.member_pass import GivenPass, MemberPass
from models.sums import add_rows
from tests.models.tree_shap.random_forests import FEATURES, Kind, grown

ODD = [0.0, -0.0, math.nan, math.inf, -math.inf, 1e300, -1e300, 5e-324, 1e-36, -1.0, 0.5, 39.0, 40.0, 7e9]
ROWS = arrays(
    np.float64, st.tuples(st.integers(0, 12), st.just(FEATURES)), elements=st.sampled_from(ODD) | st.floats(-50, 50)
)
TREES = BoosterMember.of(grown(Kind(3, 25, 5, 20, "zero", has_categories=True)))
CURVES = LinearMember(
    -0.7,
    (
        Curve((-2.0, -0.5, 0.0, 1.5, 3.0), (0.3, -0.2, 0.1, 0.4, -1.0), 0.2),
        Curve((0.0,), (0.7,), -0.1),
        Curve((0.0, 0.0, 1.0), (0.1, 0.1, 0.9), 0.0),
        Curve((-1.0, 1.0), (1.0, -1.0), 0.3),
        Table(tuple(place / 7 for place in range(40)), 0.6, -0.6),
        Table((), 0.2, 0.05),
    ),
)


def blended() -> CalibratedPass:
    both = WeightedPass(None, TREES.row_pass(np.empty((0, FEATURES))), 0.3)
    return CalibratedPass(WeightedPass(both, CURVES.row_pass(np.empty((0, FEATURES))), 0.7), 0.9, 0.25)


PASSES: dict[str, Callable[[FloatArray], MemberPass]] = {
    "trees": TREES.row_pass,
    "curves": CURVES.row_pass,
    "blend": lambda _: blended(),
}
every_pass = pytest.mark.parametrize("name", PASSES)


def explained(row_pass: MemberPass, values: FloatArray) -> FloatArray:
    """Return contributions and log-odds side by side, as the integers of their bits."""
    log_odds, added = np.empty(len(values)), np.empty(values.shape)
    row_pass.add_up(values, added, log_odds)
    return np.concatenate((added, log_odds[:, np.newaxis]), axis=1).view(np.int64)


@every_pass
@settings(deadline=None)
@given(rows=ROWS)
def test_row_has_the_same_bits_alone_and_among_others(name: str, rows: FloatArray) -> None:
    row_pass = PASSES[name](rows)
    together = explained(row_pass, rows)
    for place in range(len(rows)):
        np.testing.assert_array_equal(explained(row_pass, rows[place : place + 1])[0], together[place])


@every_pass
@settings(deadline=None)
@given(rows=ROWS)
def test_layout_in_memory_is_irrelevant(name: str, rows: FloatArray) -> None:
    row_pass = PASSES[name](rows)
    wide = np.repeat(rows, 2, axis=1)[:, ::2]
    read_only = rows.copy()
    read_only.flags.writeable = False
    for same in (np.asfortranarray(rows), wide, rows[::-1].copy()[::-1], read_only):
        np.testing.assert_array_equal(explained(row_pass, same), explained(row_pass, rows))


@settings(deadline=None)
@given(ROWS)
def test_trees_have_lightgbms_score_on_odd_numbers(rows: FloatArray) -> None:
    np.testing.assert_array_equal(TREES.explained(rows).log_odds, TREES.log_odds(rows))


@settings(deadline=None)
@given(ROWS)
def test_curves_and_tables_are_what_they_are_one_by_one(rows: FloatArray) -> None:
    added = CURVES.explained(rows).contributions.values
    for column, term in enumerate(CURVES.terms):
        for value, found in zip(rows[:, column], added[:, column], strict=True):
            assert found == pytest.approx(plainly(term, value), abs=1e-12)


def plainly(term: Curve | Table, value: float) -> float:
    if math.isnan(value):
        return term.missing
    if isinstance(term, Table):
        return term.heights[int(value)] if 0 <= value < len(term.heights) else term.unseen
    return float(np.interp(signed_log(np.array([value])), term.knots, term.heights)[0])


@settings(deadline=None)
@given(ROWS, st.floats(0.1, 0.9), st.floats(0.8, 1.25), st.floats(-3, 3))
def test_blend_is_the_weighted_sum_stretched_and_shifted(
    rows: FloatArray, weight: float, slope: float, intercept: float
) -> None:
    weights, members = (weight, 1.0 - weight), (TREES, CURVES)
    passes = [member.row_pass(rows) for member in members]
    blend = CalibratedPass(
        WeightedPass(WeightedPass(None, passes[0], weights[0]), passes[1], weights[1]), slope, intercept
    )
    found, parts = as_numbers(blend, rows), [as_numbers(one, rows) for one in passes]
    expected = slope * (weights[0] * parts[0] + weights[1] * parts[1])
    expected[:, -1] = intercept + expected[:, -1]
    np.testing.assert_array_equal(found, expected)
    assert blend.base == pytest.approx(intercept + slope * (weight * passes[0].base + weights[1] * passes[1].base))


def as_numbers(row_pass: MemberPass, values: FloatArray) -> FloatArray:
    return explained(row_pass, values).view(np.float64)


@settings(deadline=None)
@given(ROWS)
def test_member_that_lightgbm_explains_is_blended_to_the_same_bits(rows: FloatArray) -> None:
    log_odds, contributions = TREES.explained(rows)
    given_pass = GivenPass(contributions.values, log_odds, contributions.base)
    np.testing.assert_array_equal(explained(given_pass, rows), explained(TREES.row_pass(rows), rows))


@pytest.mark.parametrize("member", [TREES, CURVES])
@pytest.mark.parametrize("shape", [(2, FEATURES + 1), (2, FEATURES - 1), (2, 0)])
def test_rows_of_another_width_are_refused(member: Member, shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=f"a row has {FEATURES} features, found {shape[1]}"):
        member.explained(np.zeros(shape))


def test_results_of_another_length_are_refused() -> None:
    rows = np.zeros((3, FEATURES))
    with pytest.raises(ValueError, match="3 rows of values, 2 of contributions, 3 log-odds"):
        blended().add_up(rows, np.empty((2, FEATURES)), np.empty(3))
    with pytest.raises(ValueError, match="3 rows of values, 3 of contributions, 4 log-odds"):
        blended().add_up(rows, np.empty((3, FEATURES)), np.empty(4))


def test_members_of_different_widths_are_not_blended() -> None:
    narrow = LinearMember(0.0, (Table((), 0.0, 0.0),)).row_pass(np.empty((0, 1)))
    with pytest.raises(ValueError, match=f"equally many features, found {FEATURES}, 1"):
        WeightedPass(blended(), narrow, 0.5)


@pytest.mark.parametrize(("curve_ends", "table_ends"), [([3], [0]), ([-1], [0]), ([0], [2])])
def test_terms_that_end_beyond_their_numbers_are_refused(curve_ends: list[int], table_ends: list[int]) -> None:
    one = np.zeros(1)
    with pytest.raises(ValueError, match="feature 0 ends at"):
        LinearPass(
            0.0, one, one, np.array([0]), np.array(curve_ends), np.array(table_ends), np.zeros((3, 1)), np.zeros(1)
        )


@given(arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(0, 300)), elements=st.floats(-1e6, 1e6)))
def test_sum_of_a_row_is_numpys_of_a_contiguous_one(values: FloatArray) -> None:
    expected = 0.5 + np.ascontiguousarray(values).sum(axis=1)
    for same in (values, np.asfortranarray(values)):
        np.testing.assert_array_equal(Contributions(same, 0.5).log_odds, expected)


def test_sum_of_columns_that_are_not_there_is_refused() -> None:
    with pytest.raises(IndexError, match="a row has 2 columns, found 2"):
        add_rows(np.zeros((1, 2)), np.array([0, 2]), 0.0, np.empty(1))


def test_trees_without_tables_are_explained_by_lightgbm() -> None:
    rows = np.zeros((2, FEATURES))
    averaged = lightgbm.train(
        {"objective": "binary", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5, "verbosity": -1},
        lightgbm.Dataset(np.random.default_rng(1).normal(size=(200, FEATURES)), np.arange(200) % 2),
        num_boost_round=3,
    )
    member = BoosterMember.of(averaged)
    assert isinstance(member.row_pass(rows), GivenPass)
    np.testing.assert_array_equal(as_numbers(member.row_pass(rows), rows)[:, -1], member.log_odds(rows))
