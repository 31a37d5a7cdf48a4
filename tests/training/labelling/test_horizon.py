import numpy as np
import pandas as pd
import pytest

from features.instant import MISSING_MS, MS_PER_DAY, from_ms
from training.labelling.horizon import LADDER_DAYS, MIN_WINS, choose_horizon


def outcomes(lead_times_days: list[float], undecided: int = 1) -> pd.DataFrame:
    """Leads created at the epoch, the first ones won after the given days."""
    won = np.array([int(days * MS_PER_DAY) for days in lead_times_days] + [MISSING_MS] * undecided, dtype=np.int64)
    columns = {
        "created_at": from_ms(np.zeros(len(won), dtype=np.int64)),
        "outcome": np.where(won == MISSING_MS, "open", "won"),
        "won_at": from_ms(won),
        "left_out": pd.Series([None] * len(won), dtype="str"),
    }
    return pd.DataFrame(columns)


def days_for(span_days: int, lead_times_days: list[float]) -> int:
    return choose_horizon(outcomes(lead_times_days), span_days * MS_PER_DAY).days


def test_explicit_request_wins() -> None:
    assert choose_horizon(outcomes([0.1] * 500), MS_PER_DAY, requested_days=45).days == 45


@pytest.mark.parametrize(
    ("span_days", "days"), [(1000, 90), (450, 90), (449, 60), (300, 60), (166, 30), (149, 14), (69, 7), (3, 7)]
)
def test_five_horizons_fit_into_the_span(span_days: int, days: int) -> None:
    assert days_for(span_days, []) == days


@pytest.mark.parametrize(
    ("lead_time_days", "days"), [(0.04, 7), (7.0, 7), (7.1, 14), (20.0, 30), (31.0, 90), (80.0, 90), (200.0, 90)]
)
def test_horizon_is_short_where_wins_come_much_sooner(lead_time_days: float, days: int) -> None:
    assert days_for(1000, [lead_time_days] * MIN_WINS) == days


def test_two_late_wins_in_a_hundred_keep_the_horizon_long() -> None:
    assert days_for(1000, [1.0] * 99 + [80.0]) == 7
    assert days_for(1000, [1.0] * 98 + [80.0] * 2) == 90


def test_few_wins_do_not_shorten_the_horizon() -> None:
    assert days_for(1000, [1.0] * (MIN_WINS - 1)) == 90


def test_wins_of_leads_that_are_left_out_do_not_count() -> None:
    known = outcomes([1.0] * MIN_WINS)
    left_out = known.assign(left_out=known["left_out"].mask(known["outcome"] == "won", "decided_at_creation"))
    assert choose_horizon(left_out, 1000 * MS_PER_DAY).days == 90


@pytest.mark.parametrize("span_days", [3, 166, 1000])
@pytest.mark.parametrize("wins", [0, MIN_WINS])
def test_reason_names_the_days_in_both_languages(span_days: int, wins: int) -> None:
    horizon = choose_horizon(outcomes([1.0] * wins), span_days * MS_PER_DAY)
    assert horizon.days in LADDER_DAYS
    assert f"{horizon.days} days" in horizon.reason.en
    assert f"{horizon.days}日" in horizon.reason.ja


def test_horizon_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 day is needed; found 0"):
        choose_horizon(outcomes([]), MS_PER_DAY, requested_days=0)


def test_horizon_without_leads_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one lead"):
        choose_horizon(outcomes([], undecided=0), MS_PER_DAY)
