import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.instant import MS_PER_DAY
from serving.history_entry import HistoryEntry
from serving.trend import Trend, trend


def entry(day: float, score: int, *, method: str = "model", minute: int = 0) -> HistoryEntry:
    as_of_ms = int(day * MS_PER_DAY)
    score_id = f"{minute:026d}"
    return HistoryEntry(
        score_id, "lead", as_of_ms, as_of_ms, method, 0.2, score, "B", "qualified", "discover", "m", "1"
    )


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], "not_enough_info"),
        ([(100, 50)], "not_enough_info"),
        ([(100, 50), (100.5, 90)], "not_enough_info"),  # the same day twice
        ([(60, 20), (100, 90)], "not_enough_info"),  # too long ago
        ([(90, 40), (100, 50)], "improving"),
        ([(90, 50), (100, 40)], "declining"),
        ([(90, 47), (95, 49), (100, 52)], "steady"),
        ([(70, 30), (95, 60), (100, 50)], "improving"),
    ],
)
def test_latest_day_is_held_against_the_month_before(scores: list[tuple[float, int]], expected: Trend) -> None:
    assert trend([entry(day, score) for day, score in scores]) == expected


def test_points_are_not_held_against_a_model() -> None:
    assert trend([entry(99, 10, method="rules"), entry(100, 90)]) == "not_enough_info"


DAYS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 99)), min_size=1, max_size=12)


@given(DAYS, st.integers(1, 20))
def test_asking_again_on_the_same_day_changes_nothing(scores: list[tuple[int, int]], times: int) -> None:
    history = [entry(day, score, minute=place) for place, (day, score) in enumerate(scores)]
    assert trend(history * times) == trend(history)


@given(DAYS)
def test_order_is_irrelevant(scores: list[tuple[int, int]]) -> None:
    history = [entry(day, score, minute=place) for place, (day, score) in enumerate(scores)]
    assert trend(history[::-1]) == trend(history)
