import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.score_map import GRADES, ScoreMap

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


def share_from(score_map: ScoreMap, population: list[float], place: int) -> float:
    """What share of a population is graded as the place says, or better."""
    scores = score_map.score(np.array(population))
    return float((scores >= score_map.cut_offs[place]).mean())


@settings(deadline=None)
@given(populations, populations, st.floats(0.001, 0.999))
def test_at_most_the_capacity_is_an_a_and_as_near_as_ties_allow(
    population: list[float], others: list[float], share: float
) -> None:
    for ranked in (population, others):  # the map may have been learnt from others than those who are limited
        limited = learnt(ranked).limited(np.array(population), np.ones(len(population)), share)
        reached = share_from(limited, population, 0)
        below = [p for p in population if limited.score(np.array([p]))[0] < limited.cut_offs[0]]
        next_best = population.count(max(below)) / len(population) if below else 1.0
        assert reached <= share + 1e-6
        assert reached + next_best > share - 1e-6


@settings(deadline=None)
@given(populations, st.floats(0.001, 1.0), st.lists(shares, min_size=2, max_size=50))
def test_limits_keep_scores_and_grades_in_the_order_of_probabilities(
    population: list[float], share: float, asked: list[float]
) -> None:
    limited = learnt(population).limited(np.array(population), np.ones(len(population)), share)
    scores = limited.score(np.sort(asked))
    assert (np.diff(scores) >= 0).all()
    assert list(limited.grade(scores)) == sorted(limited.grade(scores), reverse=True)
    assert sorted(limited.cut_offs, reverse=True) == list(limited.cut_offs)


@pytest.mark.parametrize("share", [0.003, 0.02, 0.1, 0.15, 0.5, 0.97])
def test_b_and_c_take_of_the_rest_what_they_take_by_default(share: float) -> None:
    population = np.linspace(0.01, 0.9, 10_000)
    score_map = learnt(population.tolist()).limited(population, np.ones(10_000), share)
    grades = score_map.grade(score_map.score(population))
    rest = 1 - share
    expected = [share, rest * 2 / 9, rest * 3 / 9, rest * 4 / 9]
    np.testing.assert_allclose([grades.count(grade) / 10_000 for grade in GRADES], expected, atol=2e-3)


def test_everyone_is_an_a_where_all_can_be_worked() -> None:
    score_map = learnt([0.1, 0.2]).limited(np.array([0.1]), np.ones(1), 3.0)
    assert score_map.grade(score_map.score(np.array([0.0, 0.5]))) == ["A", "A"]
