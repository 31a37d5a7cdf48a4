import numpy as np
import pytest

from models.quality.interval import effective_size, wilson


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
