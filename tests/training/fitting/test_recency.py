import numpy as np
import pytest

from features.matrix import FeatureMatrix
from training.fitting.recency import recency_weighted
from training.labelling.dataset import Dataset


def dated(as_of_ms: list[int]) -> Dataset:
    count = len(as_of_ms)
    return Dataset(
        matrix=FeatureMatrix((), np.empty((count, 0)), ()),
        label=np.zeros(count),
        weight=np.ones(count),
        as_of_ms=np.array(as_of_ms, dtype=np.int64),
        lead=np.arange(count),
        group=np.arange(count),
        horizon_days=30,
    )


def test_weight_halves_with_each_quarter_of_the_span_and_keeps_its_sum() -> None:
    weight = recency_weighted(dated([0, 100, 200, 300, 400])).weight
    np.testing.assert_allclose(weight[1:] / weight[:-1], 2.0)
    assert weight.sum() == pytest.approx(5.0)


def test_snapshots_of_one_instant_count_alike() -> None:
    np.testing.assert_allclose(recency_weighted(dated([7, 7])).weight, 1.0)
