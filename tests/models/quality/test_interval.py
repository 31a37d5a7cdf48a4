import numpy as np
import pytest

from models.quality.interval import effective_size, wilson, win_rates


@pytest.mark.parametrize(
    ("share", "size", "low", "high"),
    [(0.1, 100, 0.05523, 0.17437), (0.0, 10, 0.0, 0.27753), (1.0, 10, 0.72247, 1.0)],
)
def test_wilson_interval_equals_published_values(share: float, size: float, low: float, high: float) -> None:
    interval = wilson(share, size)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-4)


def test_rows_of_one_group_tell_no_more_than_one() -> None:
    assert effective_size(np.array([4, 4, 7, 7]), np.ones(4)) == pytest.approx(2.0)
    assert effective_size(np.array([1, 1, 1, 2]), np.ones(4)) == pytest.approx(1.6)


def test_share_of_no_leads_is_not_known() -> None:
    rate, low, high = win_rates(np.array([81, 0]), np.array([263, 0]))
    assert (rate[0], low[0], high[0]) == (81 / 263, wilson(81 / 263, 263).low, wilson(81 / 263, 263).high)
    assert np.isnan([rate[1], low[1], high[1]]).all()
