import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.fitting.level_free_loss import Outcomes, level_free_loss, newest_weighted_loss

LABEL = np.array([0.0, 0.0, 1.0, 0.0, 1.0, 1.0])
BLOCK = Outcomes(np.arange(6), LABEL, np.array([1.0, 0.5, 0.5, 1.0, 1.0, 2.0]))
log_odds_lists = st.lists(st.floats(-4, 4), min_size=6, max_size=6)


@settings(deadline=None)
@given(log_odds_lists)
def test_shift_makes_the_mean_probability_the_share_won(log_odds: list[float]) -> None:
    shifted = np.array(log_odds) + BLOCK.shift(np.array(log_odds))
    expected = np.average(1 / (1 + np.exp(-shifted)), weights=BLOCK.weight)
    assert expected == pytest.approx(np.average(LABEL, weights=BLOCK.weight), abs=1e-6)


@settings(deadline=None)
@given(log_odds_lists, st.floats(-5, 5))
def test_level_of_all_leads_does_not_change_the_loss(log_odds: list[float], level: float) -> None:
    plain = level_free_loss([BLOCK], [np.array(log_odds)])
    assert level_free_loss([BLOCK], [np.array(log_odds) + level]) == pytest.approx(plain, abs=1e-6)


def test_newer_block_counts_more() -> None:
    good, bad = 4.0 * LABEL - 2.0, 2.0 - 4.0 * LABEL
    assert newest_weighted_loss([BLOCK, BLOCK], [bad, good]) < newest_weighted_loss([BLOCK, BLOCK], [good, bad])
