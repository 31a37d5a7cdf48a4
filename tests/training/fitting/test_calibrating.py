import numpy as np
import pytest

from features.arrays import FloatArray
from models.calibration import SLOPE_RANGE, Calibration, probability
from training.fitting.calibrating import learn_calibration
from training.fitting.level_free_loss import Outcomes


def blocks(shifts: list[float], stretch: float = 1.0) -> tuple[list[Outcomes], list[FloatArray]]:
    """Blocks whose true log-odds are what is predicted, stretched and shifted."""
    rng = np.random.default_rng(4)
    outcomes, predicted = [], []
    for shift in shifts:
        log_odds = rng.normal(size=4_000)
        won = (rng.random(4_000) < probability(stretch * log_odds + shift)).astype(np.float64)
        outcomes.append(Outcomes(np.arange(4_000), won, np.ones(4_000)))
        predicted.append(log_odds)
    return outcomes, predicted


def test_right_level_that_swings_is_left_alone() -> None:
    assert learn_calibration(*blocks([0.8, -0.8, 0.8, -0.8])) == Calibration()


def test_level_that_stays_off_is_moved_half_way() -> None:
    assert learn_calibration(*blocks([-1.0, -1.0, -1.0, -1.0])).intercept == pytest.approx(-0.5, abs=0.1)


@pytest.mark.parametrize("stretch", [0.2, 3.0])
def test_slope_stays_within_its_range(stretch: float) -> None:
    slope = learn_calibration(*blocks([0.0, 0.0, 0.0, 0.0], stretch)).slope
    assert slope == pytest.approx(SLOPE_RANGE[0] if stretch < 1 else SLOPE_RANGE[1])


def test_too_few_blocks_teach_nothing() -> None:
    assert learn_calibration(*blocks([-1.0, -1.0])) == Calibration()
