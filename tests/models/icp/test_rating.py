"""From points to a score and a grade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.icp import Scale

points = st.floats(-1e6, 1e6)


@given(one=points, other=points, lowest=st.floats(-1000, 1000), width=st.floats(0.01, 1000))
def test_more_points_never_score_or_grade_lower(one: float, other: float, lowest: float, width: float) -> None:
    scale = Scale(lowest, lowest + width, (75, 50, 25))
    low, high = scale.rate(min(one, other)), scale.rate(max(one, other))
    assert 1 <= low.score <= high.score <= 99
    assert low.grade >= high.grade


@pytest.mark.parametrize(
    ("given_points", "score", "grade"),
    [(-99, 1, "D"), (0, 1, "D"), (24.4, 25, "C"), (50, 50, "B"), (75.5, 75, "A"), (100, 99, "A"), (1e9, 99, "A")],
)
def test_score_rises_evenly_between_the_ends_and_the_grade_follows(given_points: float, score: int, grade: str) -> None:
    rating = Scale(0, 100, (75, 50, 25)).rate(given_points)
    assert (rating.score, rating.grade) == (score, grade)
