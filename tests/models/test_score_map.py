import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.score_map import GRADES, Capacity, ScoreMap

shares = st.floats(0, 1)
populations = st.lists(shares, min_size=1, max_size=300)


def learnt(population: list[float]) -> ScoreMap:
    return ScoreMap.of(np.array(population), np.ones(len(population)))


@settings(deadline=None)
@given(populations, st.lists(shares, min_size=2, max_size=50))
def test_score_is_within_1_and_99_and_never_falls_with_the_probability(
    population: list[float], asked: list[float]
) -> None:
    scores = learnt(population).score(np.sort(asked))
    assert scores.min() >= 1
    assert scores.max() <= 99
    assert (np.diff(scores) >= 0).all()


@settings(deadline=None)
@given(populations, st.lists(shares, min_size=2, max_size=50))
def test_grade_never_falls_with_the_probability(population: list[float], asked: list[float]) -> None:
    score_map = learnt(population)
    grades = score_map.grade(score_map.score(np.sort(asked)))
    assert list(grades) == sorted(grades, reverse=True)


def test_grades_have_the_shares_that_sales_can_work() -> None:
    population = np.linspace(0.01, 0.9, 1_000)
    score_map = ScoreMap.of(population, np.ones(1_000))
    grades = score_map.grade(score_map.score(population))
    np.testing.assert_allclose([grades.count(grade) for grade in GRADES], [100, 200, 300, 400], atol=10)


def test_ranks_spread_evenly_over_the_scores() -> None:
    population = np.linspace(0.01, 0.9, 990)
    counts = np.bincount(ScoreMap.of(population, np.ones(990)).score(population))[1:]
    assert len(counts) == 99
    np.testing.assert_allclose(counts, 10, atol=1)


def test_lead_weight_counts_and_not_its_number_of_snapshots() -> None:
    once = ScoreMap.of(np.array([0.1, 0.5, 0.9]), np.ones(3))
    twice = ScoreMap.of(np.array([0.1, 0.5, 0.5, 0.9]), np.array([1.0, 0.5, 0.5, 1.0]))
    assert once == twice


def test_leads_that_cannot_be_told_apart_are_middling() -> None:
    alike = learnt([0.3] * 50)
    assert alike.score(np.array([0.3]))[0] == 50
    assert alike.grade(np.array([50])) == ["C"]


def test_map_survives_json() -> None:
    score_map = learnt([0.1, 0.2, 0.7])
    assert ScoreMap.from_json(score_map.to_json()) == score_map


def test_empty_population_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one probability"):
        learnt([])


def test_both_faults_of_a_map_are_told() -> None:
    with pytest.raises(ValueError, match=r"quantiles must be 98.*cut_offs must be 3"):
        ScoreMap((0.5,), (10, 20, 30))


@pytest.mark.parametrize("capacity", [(0.5, 0.4, 0.3), (0.0, 0.2, 0.3), (-0.1, 0.2, 0.3)])
def test_impossible_capacity_is_refused(capacity: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="add up to at most 1"):
        Capacity(*capacity)
