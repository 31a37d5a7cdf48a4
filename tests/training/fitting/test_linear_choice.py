import numpy as np
import pytest

from features.arrays import FloatArray
from models.calibration import probability
from training.fitting.level_free_loss import Outcomes
from training.fitting.linear_choice import linear_share

RNG = np.random.default_rng(2)
TRUE = RNG.normal(size=3_000)
NOISE = RNG.normal(size=3_000)
BLOCK = Outcomes(np.arange(3_000), (RNG.random(3_000) < probability(TRUE)).astype(np.float64), np.ones(3_000))


@pytest.mark.parametrize(("trees", "linear", "share"), [(TRUE, NOISE, 0.0), (NOISE, TRUE, 1.0)])
def test_member_that_knows_nothing_is_dropped(
    trees: FloatArray,
    linear: FloatArray,
    share: float,
) -> None:
    assert linear_share([BLOCK], [trees], [linear], pull=0.003) == share


def test_like_members_share_evenly() -> None:
    assert linear_share([BLOCK], [TRUE], [TRUE], pull=0.003) == pytest.approx(0.5)


def test_strong_pull_keeps_the_shares_even() -> None:
    assert linear_share([BLOCK], [TRUE], [NOISE], pull=100.0) == pytest.approx(0.5)
