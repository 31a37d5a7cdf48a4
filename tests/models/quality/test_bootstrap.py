from dataclasses import replace

import numpy as np
import pytest

from features.arrays import FloatArray
from models.quality import metrics
from models.quality.bootstrap import replicate
from models.quality.interval import Interval
from models.quality.metrics import METRICS
from tests.training.simulated_leads import simulate
from training.labelling.dataset import Dataset


def _interval(data: Dataset, probability: FloatArray, metric: str, seed: int = 0, resamples: int = 200) -> Interval:
    drawn = replicate(data, {"model": probability}, [METRICS[metric]], seed=seed, resamples=resamples)
    return drawn["model"].interval(metric)


def test_value_is_the_metric_of_the_data_itself() -> None:
    data, truth = simulate(200, 0, snapshots=3)
    drawn = replicate(data, {"model": truth}, METRICS.values(), seed=1, resamples=20)["model"]
    expected = {name: metric(data.label, truth, data.weight) for name, metric in METRICS.items()}
    assert drawn.value == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("metric", METRICS)
def test_interval_holds_its_value_and_repeats_by_seed(metric: str) -> None:
    data, truth = simulate(150, 4)
    interval = _interval(data, truth, metric, seed=1)
    assert interval.low <= interval.value <= interval.high
    assert interval == _interval(data, truth, metric, seed=1)
    assert interval != _interval(data, truth, metric, seed=2)


def test_interval_covers_the_true_value_about_as_often_as_it_says() -> None:
    population, truth = simulate(200_000, 99)
    true_value = metrics.roc_auc(population.label, truth, population.weight)
    samples = [simulate(300, seed) for seed in range(100)]
    intervals = [_interval(data, probability, "roc_auc") for data, probability in samples]
    covered = np.mean([interval.low <= true_value <= interval.high for interval in intervals])
    assert 0.88 <= covered <= 1.0


def test_repeating_rows_within_their_group_tells_nothing_new() -> None:
    once, probability = simulate(200, 5)
    thrice, repeated = simulate(200, 5, snapshots=3)
    expected, found = _interval(once, probability, "log_loss"), _interval(thrice, repeated, "log_loss")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-9)


def test_rows_resampled_one_by_one_would_look_too_certain() -> None:
    data, truth = simulate(200, 5, snapshots=10)
    by_row = _interval(replace(data, group=np.arange(len(data))), truth, "roc_auc")
    by_group = _interval(data, truth, "roc_auc")
    assert by_row.high - by_row.low < 0.6 * (by_group.high - by_group.low)


def test_row_order_changes_nothing() -> None:
    data, truth = simulate(150, 6, snapshots=2)
    order = np.random.default_rng(0).permutation(len(data))
    expected, found = _interval(data, truth, "brier"), _interval(data.take(order), truth[order], "brier")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-9)


def test_a_prediction_does_not_differ_from_itself() -> None:
    data, truth = simulate(100, 7)
    drawn = replicate(data, {"a": truth, "b": truth.copy()}, METRICS.values(), seed=0, resamples=30)
    assert all(drawn["a"].minus(drawn["b"], name) == Interval(0.0, 0.0, 0.0) for name in METRICS)


def test_paired_difference_is_tighter_than_two_separate_intervals() -> None:
    data, truth = simulate(400, 8)
    drawn = replicate(data, {"a": truth, "b": 0.9 * truth}, [metrics.log_loss], seed=0)
    paired, alone = drawn["a"].minus(drawn["b"], "log_loss"), drawn["a"].interval("log_loss")
    assert paired.high - paired.low < 0.5 * (alone.high - alone.low)
    assert paired.value == pytest.approx(drawn["a"].value["log_loss"] - drawn["b"].value["log_loss"])


def test_what_else_is_predicted_does_not_change_an_interval() -> None:
    data, truth = simulate(100, 9)
    together = replicate(data, {"b": 1 - truth, "model": truth}, [metrics.roc_auc], seed=3, resamples=50)
    assert together["model"].interval("roc_auc") == _interval(data, truth, "roc_auc", seed=3, resamples=50)


def test_interval_of_an_undefined_value_is_undefined() -> None:
    data, truth = simulate(30, 1)
    interval = _interval(replace(data, label=np.zeros(len(data))), truth, "roc_auc")
    assert np.isnan([interval.value, interval.low, interval.high]).all()
    assert not interval.above(0)
    assert not interval.below(1)


def test_resamples_without_a_win_have_no_say() -> None:
    data, truth = simulate(40, 1)
    one_win = np.zeros(len(data))
    one_win[np.argmax(truth)] = 1
    interval = _interval(replace(data, label=one_win), truth, "roc_auc")
    assert 0.5 < interval.low <= interval.high == 1.0
