"""Grades that begin where those of another map begin."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from features.arrays import FloatArray
from models.grade_beginnings import beginnings, with_beginnings_of
from models.score_map import ScoreMap

PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=300)


@st.composite
def maps(draw: st.DrawFn) -> ScoreMap:
    """Maps of smooth and of lumpy populations, by the usual shares and by others."""
    found = np.array(draw(PROBABILITIES)) ** draw(st.sampled_from([1, 3]))
    lumps = draw(st.sampled_from([None, 1, 2]))
    population = found if lumps is None else np.round(found, lumps)
    ranks, even = ScoreMap.of(population, np.ones(len(population))), np.ones(len(population))
    share = draw(st.none() | st.floats(0.001, 1.2))
    return ranks if share is None else ranks.limited(population, even, share)


def everywhere(*ranks: ScoreMap) -> FloatArray:
    """Return probabilities on, just above and just below every edge."""
    edges = np.unique([0.0, 1.0, *(edge for one in ranks for edge in one.quantiles)])
    beside = [np.nextafter(edges, -1.0), edges, np.nextafter(edges, 2.0), np.linspace(0, 1, 101)]
    return np.unique(np.clip(np.concatenate(beside), 0.0, 1.0))


@given(maps(), maps())
def test_every_probability_keeps_its_grade(new: ScoreMap, old: ScoreMap) -> None:
    kept, probabilities = with_beginnings_of(new, old), everywhere(new, old)
    assert kept.grade(kept.score(probabilities)) == old.grade(old.score(probabilities))


@given(maps(), maps())
def test_scores_move_only_beside_the_beginnings_of_grades(new: ScoreMap, old: ScoreMap) -> None:
    kept = with_beginnings_of(new, old)
    assert sum(mine != before for mine, before in zip(kept.quantiles, new.quantiles, strict=True)) <= 3


@given(maps())
def test_map_with_its_own_beginnings_is_itself_in_every_grade(ranks: ScoreMap) -> None:
    kept, probabilities = with_beginnings_of(ranks, ranks), everywhere(ranks)
    assert kept.grade(kept.score(probabilities)) == ranks.grade(ranks.score(probabilities))


def test_beginnings_are_the_probabilities_above_which_the_grades_begin() -> None:
    ranks = ScoreMap(tuple(place / 100 for place in range(1, 99)), (90, 70, 1))
    assert beginnings(ranks) == (0.89, 0.69, -1.0)
