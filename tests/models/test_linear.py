import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from features.arrays import FloatArray
from models.folder import ModelFolderError
from models.linear import LinearMember
from models.linear_terms import Curve, Table, signed_log

MEMBER = LinearMember(
    base=-1.5,
    terms=(
        Curve((0.0, 2.0), (-0.5, 1.0), missing=0.25),
        Table((0.1, 0.2, 0.3), missing=-0.4, unseen=0.05),
        Curve((-1.0, 0.0, 3.0), (0.5, 0.0, -2.0), missing=0.0),
        Table((), missing=0.7, unseen=0.0),
    ),
)
numbers = st.floats(-1e12, 1e12) | st.just(math.nan) | st.integers(-2, 6).map(float)
rows = arrays(np.float64, st.tuples(st.integers(1, 20), st.just(4)), elements=numbers)


@settings(deadline=None)
@given(rows)
def test_contributions_add_up_exactly(values: FloatArray) -> None:
    np.testing.assert_array_equal(MEMBER.contributions(values).log_odds, MEMBER.log_odds(values))


@settings(deadline=None)
@given(rows)
def test_one_row_equals_its_row_of_the_batch(values: FloatArray) -> None:
    batch = MEMBER.log_odds(values)
    assert [MEMBER.log_odds(values[row : row + 1])[0] for row in range(len(values))] == list(batch)


@given(st.floats(-1e9, 1e9))
def test_curve_is_straight_between_knots_and_flat_beyond(value: float) -> None:
    curve = MEMBER.terms[2]
    assert isinstance(curve, Curve)
    expected = np.interp(signed_log(np.array([value])), curve.knots, curve.heights)
    added = MEMBER.contributions(np.array([[0.0, 0.0, value, 0.0]])).values[0, 2]
    assert added == pytest.approx(expected[0], abs=1e-12)


@pytest.mark.parametrize(
    ("code", "added"), [(0.0, 0.1), (2.0, 0.3), (3.0, 0.05), (1e9, 0.05), (-1.0, 0.05), (math.nan, -0.4)]
)
def test_table_gives_each_code_its_own_and_others_what_is_unseen(code: float, added: float) -> None:
    assert MEMBER.contributions(np.array([[0.0, code, 0.0, 0.0]])).values[0, 1] == added


def test_member_of_one_kind_only_is_scored() -> None:
    assert LinearMember(0.0, (Table((1.0,), 0.0, 0.0),)).log_odds(np.array([[0.0]])) == [1.0]
    assert LinearMember(0.0, (Curve((0.0,), (1.0,), 0.0),)).log_odds(np.array([[5.0]])) == [1.0]


def test_saved_member_is_the_same(tmp_path: Path) -> None:
    MEMBER.save(tmp_path / "linear.json")
    assert LinearMember.load(tmp_path / "linear.json") == MEMBER


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"base": "x", "terms": []}',
        '{"base": 0, "terms": [{"heights": [1], "missing": 0}]}',
        '{"base": 0, "terms": [{"knots": [2, 1], "heights": [1, 2], "missing": 0}]}',
        '{"base": 0, "terms": [{"knots": [1], "heights": 3, "missing": 0}]}',
    ],
)
def test_damaged_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "linear.json").write_text(text)
    with pytest.raises(ModelFolderError, match="not a linear member"):
        LinearMember.load(tmp_path / "linear.json")


def test_curve_with_falling_knots_is_refused() -> None:
    with pytest.raises(ValueError, match="ascending knots"):
        Curve((1.0, 0.0), (0.0, 0.0), 0.0)


def test_curve_that_jumps_is_refused() -> None:
    with pytest.raises(ValueError, match="one height at a knot"):
        Curve((0.0, 1.0, 1.0), (0.0, 0.5, 2.0), 0.0)


@given(st.floats(0.0, 1e6))
def test_narrow_stretch_stays_between_its_heights(value: float) -> None:
    narrow = LinearMember(0.0, (Curve((5.0, 5.0 + 1e-12), (0.0, 1.0), 0.0),))
    assert 0.0 <= narrow.log_odds(np.array([[value]]))[0] <= 1.0 + 1e-9
