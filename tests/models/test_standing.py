import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from features.arrays import FloatArray
from models.calibration import probability
from models.lead_score import Rank
from models.model_rung import rank_scale
from models.score_map import ScoreMap
from models.standing import RankScale, Standing

shares = st.floats(0, 1)
populations = st.lists(shares, min_size=1, max_size=200)
ROWS = arrays(np.float64, st.tuples(st.integers(0, 5), st.just(6)), elements=st.floats(-20, 20))
FIT, ENGAGEMENT = np.array([0, 2, 5]), np.array([], dtype=np.int64)


def learnt(population: list[float]) -> ScoreMap:
    return ScoreMap.of(np.array(population), np.ones(len(population)))


@settings(deadline=None)
@given(populations, st.lists(shares, min_size=1, max_size=50))
def test_one_probability_has_the_score_it_has_among_many(population: list[float], asked: list[float]) -> None:
    score_map = learnt(population)
    scale, probabilities = rank_scale(score_map), [*asked, *score_map.quantiles]
    scores = score_map.score(np.array(probabilities))
    ranks = [scale.of(one) for one in probabilities]
    assert [rank.score for rank in ranks] == scores.tolist()
    assert [rank.grade for rank in ranks] == score_map.grade(scores)


def test_nothing_is_ranked_outside_the_scale() -> None:
    scale = rank_scale(learnt([0.2, 0.4]))
    assert [scale.of(odd).score for odd in (-math.inf, math.inf)] == [1, 99]
    assert 1 <= scale.of(math.nan).score <= 99


def test_scale_with_too_few_ranks_is_refused() -> None:
    with pytest.raises(ValueError, match="2 quantiles need one rank more, found 2"):
        RankScale(np.array([0.1, 0.2]), (Rank(1, "D"), Rank(2, "D")))


@settings(deadline=None)
@given(populations, ROWS, st.floats(-5, 5))
def test_standing_is_what_the_sums_of_its_columns_come_to(
    population: list[float], added: FloatArray, base: float
) -> None:
    scale = rank_scale(learnt(population))
    standing = Standing(scale, {"fit": (FIT, scale), "engagement": (ENGAGEMENT, scale)})
    log_odds = base + added.sum(axis=1)
    found = standing.of(log_odds, np.asfortranarray(added), base)
    for row, (likely, rank, parts) in enumerate(found):
        assert likely == probability(log_odds)[row]
        assert rank == scale.of(likely)
        fit, engagement = probability(np.array([base + added[row, FIT].sum(), base]))
        assert parts == {"fit": scale.of(fit), "engagement": scale.of(engagement)}


def test_contributions_without_the_columns_of_a_part_are_refused() -> None:
    scale = rank_scale(learnt([0.5]))
    with pytest.raises(ValueError, match="the parts have 6 columns, found 5"):
        Standing(scale, {"fit": (FIT, scale)}).of(np.zeros(1), np.zeros((1, 5)), 0.0)
    with pytest.raises(ValueError, match="counted from 0"):
        Standing(scale, {"fit": (np.array([-1]), scale)})
