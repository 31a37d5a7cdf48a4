import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.quality.tally import Ranking, Tally

TIED = st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.2, 0.5, 0.9])), min_size=1, max_size=40)


@given(TIED)
def test_equal_probabilities_are_one_entry_and_no_weight_is_lost(rows: list[tuple[bool, float]]) -> None:
    label, probability = np.array(rows, dtype=np.float64).T
    tally = Tally.of(label, probability, np.ones(len(rows)))
    assert tally.ranking.probability.tolist() == sorted(set(probability.tolist()), reverse=True)
    assert tally.mass == len(rows)
    assert tally.won_mass == label.sum()
    assert (tally.lost >= 0).all()


@given(TIED, st.integers(1, 12))
def test_bins_cover_every_distinct_probability_once(rows: list[tuple[bool, float]], bins: int) -> None:
    label, probability = np.array(rows, dtype=np.float64).T
    starts = Tally.of(label, probability, np.ones(len(rows))).bin_starts(bins)
    assert starts[0] == 0
    assert starts[-1] == len(set(probability.tolist()))
    assert len(starts) == bins + 1
    assert (np.diff(starts) >= 0).all()


def test_bins_of_distinct_probabilities_hold_equal_weight() -> None:
    probability = np.linspace(0.01, 0.99, 50)
    assert np.diff(Tally.of(np.zeros(50), probability, np.full(50, 0.3)).bin_starts(10)).tolist() == [5] * 10


def test_a_weighting_anew_equals_a_tally_from_scratch() -> None:
    generator = np.random.default_rng(0)
    label, probability = generator.integers(0, 2, 60).astype(np.float64), generator.random(60).round(1)
    weight = generator.random(60)
    ranking = Ranking.of(label, probability)
    again, scratch = ranking.tally(weight[ranking.order]), Tally.of(label, probability, weight)
    assert again.won.tolist() == scratch.won.tolist()
    assert again.total.tolist() == scratch.total.tolist()
