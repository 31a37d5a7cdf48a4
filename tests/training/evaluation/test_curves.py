from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.quality import metrics
from tests.training.simulated_leads import simulate
from training.evaluation.curves import deciles, gains, months, reliability

SEEDS = st.integers(0, 10_000)
DIGITS = st.integers(0, 3)


@given(SEEDS, DIGITS)
def test_reliability_bins_share_out_all_rows_and_weight(seed: int, digits: int) -> None:
    data, truth = simulate(120, seed, snapshots=2)
    bins = reliability(data, truth.round(digits)).bins
    assert sum(part.rows for part in bins) == len(data)
    assert sum(part.weight for part in bins) == pytest.approx(data.weight.sum())
    assert (np.diff([part.mean_predicted for part in bins]) > 0).all()


@given(SEEDS, DIGITS)
def test_reliability_error_is_the_calibration_error(seed: int, digits: int) -> None:
    data, truth = simulate(120, seed, snapshots=2)
    predicted = truth.round(digits)
    expected = metrics.calibration_error(data.label, predicted, data.weight)
    assert reliability(data, predicted).error == pytest.approx(expected, abs=1e-12)


def test_exact_probabilities_err_about_as_much_as_chance_says() -> None:
    curves = [reliability(*simulate(400, seed, snapshots=3)) for seed in range(30)]
    errors, by_chance = (np.mean([getattr(one, name) for one in curves]) for name in ("error", "chance_error"))
    assert 0.85 < errors / by_chance < 1.15


def test_snapshots_of_one_lead_do_not_narrow_the_interval() -> None:
    once, thrice = (reliability(*simulate(100, 1, snapshots=count)).bins for count in (1, 3))
    for one, three in zip(once, thrice, strict=True):
        assert (three.rows, three.leads) == (3 * one.rows, one.leads)
        assert three.observed.high == pytest.approx(one.observed.high)


@given(SEEDS, DIGITS)
def test_gains_rise_from_none_to_all(seed: int, digits: int) -> None:
    data, truth = simulate(60, seed, level=0.0)
    curve = gains("model", data, truth.round(digits))
    assert (curve.share_of_wins[0], curve.share_of_wins[-1]) == pytest.approx((0, 1))
    assert (np.diff(curve.share_of_wins) >= -1e-12).all()
    assert curve.share_of_leads[10] == pytest.approx(0.1)


def test_a_constant_prediction_gains_nothing() -> None:
    data, _ = simulate(200, 2)
    curve = gains("base_rate", data, np.full(len(data), 0.3))
    assert curve.share_of_wins == pytest.approx(curve.share_of_leads)


@given(SEEDS, DIGITS)
def test_deciles_average_to_the_whole(seed: int, digits: int) -> None:
    data, truth = simulate(75, seed, level=0.0, snapshots=2)
    predicted = truth.round(digits)
    tenths = deciles(data, predicted)
    assert np.mean([tenth.lift for tenth in tenths]) == pytest.approx(1)
    assert np.mean([tenth.observed for tenth in tenths]) == pytest.approx(np.average(data.label, weights=data.weight))
    assert np.mean([tenth.mean_predicted for tenth in tenths]) == pytest.approx(
        np.average(predicted, weights=data.weight)
    )
    assert tenths[0].lift == pytest.approx(metrics.lift_at_10_percent(data.label, predicted, data.weight))
    assert tenths[4].cumulative_lift * 0.5 == pytest.approx(
        metrics.wins_in_best_half(data.label, predicted, data.weight)
    )


def test_gains_and_lift_without_a_win_are_undefined() -> None:
    data, truth = simulate(20, 3)
    data = replace(data, label=np.zeros(len(data)))
    assert np.isnan(gains("model", data, truth).share_of_wins).all()
    assert all(np.isnan(tenth.lift) for tenth in deciles(data, truth))


def test_months_share_out_all_rows_in_order() -> None:
    data, truth = simulate(500, 4)
    found = months(data, truth)
    assert [month.month for month in found] == sorted({month.month for month in found})
    assert sum(month.rows for month in found) == len(data)
    assert found[0].month == "2020-09"


def test_month_holds_the_snapshots_of_that_month() -> None:
    data, truth = simulate(4, 5)
    stamps = np.array(["2024-01-31T23:59:59.999", "2024-02-01", "2024-02-29", "2024-03-01"], dtype="datetime64[ms]")
    data = replace(data, as_of_ms=stamps.astype(np.int64), label=np.array([1.0, 1.0, 0.0, 0.0]))
    january, february, march = months(data, truth)
    assert (january.month, january.rows, february.rows, march.rows) == ("2024-01", 1, 2, 1)
    assert (january.base_rate, february.base_rate, march.base_rate) == (1.0, 0.5, 0.0)
    assert february.mean_predicted == pytest.approx(truth[1:3].mean())
    assert np.isnan(january.roc_auc)
    assert february.roc_auc in {0.0, 1.0}
