import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calibration import Calibration, probability

slopes = st.floats(0.8, 1.25)
shifts = st.floats(-5, 5)


@given(slopes, shifts, st.floats(-30, 30), st.floats(0.001, 10))
def test_calibration_keeps_the_order_of_leads(slope: float, intercept: float, low: float, more: float) -> None:
    shown = Calibration(intercept, slope).log_odds(np.array([low, low + more]))
    assert shown[0] < shown[1]


@pytest.mark.parametrize(("intercept", "slope"), [(0.0, 0.5), (0.0, -1.0), (0.0, 1.3), (np.nan, 1.0), (np.inf, 1.0)])
def test_wild_calibration_is_refused(intercept: float, slope: float) -> None:
    with pytest.raises(ValueError, match=r"slope from 0\.8 to 1\.25"):
        Calibration(intercept, slope)


@given(st.floats(-1e308, 1e308))
def test_probability_of_any_log_odds_is_within_zero_and_one(log_odds: float) -> None:
    assert 0.0 <= probability(np.array([log_odds]))[0] <= 1.0
