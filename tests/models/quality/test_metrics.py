from collections.abc import Callable
from itertools import permutations
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn import metrics as sklearn_metrics

from features.arrays import FloatArray
from models.quality import metrics
from models.quality.metrics import METRICS

Rows: TypeAlias = tuple[FloatArray, FloatArray, FloatArray]

PROBABILITY = st.one_of(
    st.sampled_from([0.0, 0.05, 0.3, 0.3000000001, 0.9, 1.0]), st.floats(0, 1, allow_subnormal=False)
)
ROW = st.tuples(st.sampled_from([0.0, 1.0]), PROBABILITY, st.floats(0.01, 10))
ROWS = st.lists(ROW, min_size=1, max_size=60).map(lambda rows: tuple(np.array(rows, dtype=np.float64).T.copy()))


def _sklearn_log_loss(label: FloatArray, probability: FloatArray, sample_weight: FloatArray) -> float:
    return float(sklearn_metrics.log_loss(label, probability, sample_weight=sample_weight, labels=[0, 1]))


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("roc_auc", sklearn_metrics.roc_auc_score),
        ("average_precision", sklearn_metrics.average_precision_score),
        ("brier", sklearn_metrics.brier_score_loss),
        ("log_loss", _sklearn_log_loss),
    ],
)
@given(rows=ROWS)
def test_metric_equals_the_reference_with_weights_and_ties(
    name: str, reference: Callable[..., float], rows: Rows
) -> None:
    label, probability, weight = rows
    assume(len(set(label.tolist())) == 2)
    expected = reference(label, probability, sample_weight=weight)
    assert METRICS[name](label, probability, weight) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", METRICS)
@given(rows=ROWS, seed=st.integers(0, 2**32 - 1))
def test_row_order_changes_nothing(name: str, rows: Rows, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(rows[0]))
    shuffled = METRICS[name](*(column[order] for column in rows))
    assert shuffled == pytest.approx(METRICS[name](*rows), rel=1e-9, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("name", METRICS)
@given(rows=ROWS)
def test_a_row_of_weight_two_counts_as_two_rows(name: str, rows: Rows) -> None:
    label, probability, weight = rows
    twice = METRICS[name](*(np.concatenate([column, column]) for column in rows))
    assert twice == pytest.approx(METRICS[name](label, probability, 2 * weight), rel=1e-9, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("label", [0.0, 1.0])
def test_one_class_gives_a_number_or_nan_but_never_fails(name: str, label: float) -> None:
    value = METRICS[name](np.full(3, label), np.array([0.1, 0.5, 0.5]), np.ones(3))
    undefined = name == "roc_auc" or (label == 0 and name not in {"log_loss", "brier", "calibration_error"})
    assert np.isnan(value) == undefined


@pytest.mark.parametrize("name", METRICS)
def test_no_rows_give_nan(name: str) -> None:
    assert np.isnan(METRICS[name](np.empty(0), np.empty(0), np.empty(0)))


@given(st.integers(1, 200), st.integers(1, 200))
def test_perfect_order_has_the_largest_possible_lift(won: int, lost: int) -> None:
    label = np.concatenate([np.ones(won), np.zeros(lost)])
    largest = 1 / max(0.1, won / (won + lost))
    assert metrics.lift_at_10_percent(label, label, np.ones(len(label))) == pytest.approx(largest)
    assert metrics.roc_auc(label, label, np.ones(len(label))) == 1.0


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.2, 0.7])), min_size=1, max_size=6))
def test_tied_rows_count_as_the_mean_over_all_their_orders(rows: list[tuple[bool, float]]) -> None:
    label, probability = np.array(rows, dtype=np.float64).T
    assume(label.any())
    orders = [order for order in permutations(range(len(rows))) if (np.diff(probability[list(order)]) <= 0).all()]
    half = len(rows) / 2
    inside = np.clip(half - np.arange(len(rows)), 0, 1)
    expected = np.mean([inside @ label[list(order)] for order in orders]) / label.sum()
    assert metrics.wins_in_best_half(label, probability, np.ones(len(rows))) == pytest.approx(expected)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=12))
def test_exact_probabilities_have_no_calibration_error(wins_of_ten: list[int]) -> None:
    label = np.concatenate([np.arange(10) < wins for wins in wins_of_ten]).astype(np.float64)
    probability = np.repeat(np.array(wins_of_ten) / 10, 10)
    weight = np.ones(len(label))
    assert metrics.calibration_error(label, probability, weight) == pytest.approx(0, abs=1e-12)


def test_calibration_error_is_the_mean_distance_over_ten_equal_bins() -> None:
    generator = np.random.default_rng(3)
    probability = np.sort(generator.random(200))
    label = (generator.random(200) < probability**2).astype(np.float64)
    distances = np.abs(probability.reshape(10, 20).mean(axis=1) - label.reshape(10, 20).mean(axis=1))
    assert metrics.calibration_error(label, probability, np.ones(200)) == pytest.approx(distances.mean())


def test_calibration_ratio_is_predicted_over_actual_wins() -> None:
    ratio = metrics.calibration_ratio(np.array([1.0, 0.0]), np.array([0.6, 0.2]), np.array([1.0, 2.0]))
    assert ratio == pytest.approx((0.6 + 0.4) / 1.0)


def test_every_metric_is_worded_in_both_languages() -> None:
    assert all(metric.wording.en and metric.wording.ja for metric in METRICS.values())
    assert all(name == metric.name for name, metric in METRICS.items())
