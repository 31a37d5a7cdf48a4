import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.arrays import FloatArray
from models.quality.distribution import Distribution, category_edges, number_edges

NUMBER = st.one_of(st.just(float("nan")), st.integers(-3, 3).map(float), st.floats(-1e6, 1e6, width=32))
VALUES = st.lists(NUMBER, min_size=1, max_size=80).map(lambda values: np.array(values, dtype=np.float64))


@given(VALUES, VALUES)
def test_every_value_falls_into_one_bin_whatever_was_seen_before(seen: FloatArray, others: FloatArray) -> None:
    found = Distribution.of([seen], number_edges(seen))
    assert sum(found.shares) == pytest.approx(1.0)
    assert found.missing == np.isnan(seen).mean()
    assert found.tally(others).sum() == len(others)
    assert found.tally(others)[0] == np.isnan(others).sum()


@given(VALUES)
def test_what_was_seen_has_not_moved(seen: FloatArray) -> None:
    found = Distribution.of([seen], number_edges(seen))
    assert found.index(len(seen), found.tally(seen)) == pytest.approx(0, abs=1e-12)
    assert found.chance(len(seen), found.tally(seen), 0.01) > 0
    assert Distribution.from_json(found.to_json()) == found


def test_category_that_was_never_seen_falls_into_the_last_bin() -> None:
    found = Distribution.of([np.array([0.0, 1.0, 1.0, np.nan])], category_edges(2))
    assert found.shares == (0.25, 0.25, 0.5, 0.0)
    assert found.tally(np.array([2.0, 2.0])).tolist() == [0, 0, 0, 2]


def test_days_that_differ_already_are_nothing_new() -> None:
    rng = np.random.default_rng(0)
    friday, sunday = rng.random(2_000), 2 + rng.random(2_000)
    found = Distribution.of([friday, sunday], number_edges(np.append(friday, sunday)))
    assert found.index(2_000, found.tally(2 + rng.random(2_000))) == pytest.approx(found.usual_index, rel=0.05)
    alike = Distribution.of([friday, rng.random(2_000)], number_edges(friday))
    assert alike.usual_index < 0.02


def test_nothing_seen_has_no_index() -> None:
    found = Distribution.of([np.array([1.0, 2.0])], np.array([1.5]))
    assert np.isnan(found.index(2, np.zeros(3)))


@pytest.mark.parametrize(
    ("edges", "shares"), [((1.0,), (0.5, 0.5)), ((1.0, 1.0), (0, 0, 0.5, 0.5)), ((), (0.5, 0.4)), ((), (1.5, -0.5))]
)
def test_shares_that_cannot_be_are_refused(edges: tuple[float, ...], shares: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="shares"):
        Distribution(edges, shares)
