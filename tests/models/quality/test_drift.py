import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.quality.drift import chance_bound, stability_index

TALLY = st.lists(st.integers(0, 500), min_size=4, max_size=4).map(lambda counts: np.array(counts, dtype=np.float64))


@given(TALLY)
def test_equal_distributions_have_not_moved(tally: np.ndarray) -> None:
    assert stability_index(tally, tally) == 0


@given(TALLY, TALLY)
def test_index_is_symmetric_and_never_negative(one: np.ndarray, other: np.ndarray) -> None:
    assert stability_index(one, other) == pytest.approx(stability_index(other, one))
    assert stability_index(one, other) >= 0


@given(TALLY, TALLY)
def test_bins_that_nobody_uses_and_their_order_change_nothing(one: np.ndarray, other: np.ndarray) -> None:
    padded = stability_index(np.append(one, 0.0)[::-1], np.append(other, 0.0)[::-1])
    assert padded == pytest.approx(stability_index(one, other))


def test_index_is_that_of_the_textbook() -> None:
    before, after = np.array([0.5, 0.3, 0.2]) * 1e7, np.array([0.4, 0.3, 0.3]) * 1e7
    expected = 0.1 * np.log(0.5 / 0.4) + 0.1 * np.log(0.3 / 0.2)
    assert stability_index(before, after) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("likelihood", [0.1, 0.01])
def test_chance_exceeds_its_bound_about_as_often_as_it_says(likelihood: float) -> None:
    rng = np.random.default_rng(0)
    share, times = np.array([0.4, 0.2, 0.2, 0.1, 0.1]), 4_000
    older, newer = (rng.multinomial(rows, share, size=times).astype(np.float64) for rows in (600, 300))
    found = np.array([stability_index(one, other) for one, other in zip(older, newer, strict=True)])
    exceeded = (found > chance_bound(len(share), 600, 300, likelihood)).mean()
    assert 0.5 * likelihood < exceeded < 1.5 * likelihood
