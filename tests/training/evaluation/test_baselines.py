from dataclasses import replace

import numpy as np
import pytest

from features.arrays import FloatArray
from features.matrix import FeatureMatrix
from models.quality import metrics
from tests.training.simulated_leads import simulate
from training.evaluation.baselines import BASELINES, RECENCY_FEATURE, fit_base_rate, fit_logistic, fit_recency
from training.labelling.dataset import Dataset


def _with_column(data: Dataset, name: str, values: FloatArray, *, categorical: bool = False) -> Dataset:
    matrix = data.matrix
    codes = (*matrix.categorical, name) if categorical else matrix.categorical
    added = FeatureMatrix((*matrix.names, name), np.column_stack([matrix.values, values]), codes)
    return replace(data, matrix=added)


def test_base_rate_is_the_weighted_share_won() -> None:
    data, _ = simulate(20, 0)
    weight = np.linspace(0.1, 1, len(data))
    predicted = fit_base_rate(replace(data, weight=weight))(data.matrix)
    assert predicted == pytest.approx(np.full(len(data), (data.label * weight).sum() / weight.sum()))


def test_recency_prefers_leads_that_were_active_lately() -> None:
    data, truth = simulate(500, 1)
    data = _with_column(data, RECENCY_FEATURE, 100 * (1 - truth))
    predict = fit_recency(data)
    asked = FeatureMatrix((RECENCY_FEATURE,), np.array([[0.0], [10.0], [80.0]]), ())
    assert (np.diff(predict(asked)) < 0).all()


def test_recency_learns_what_no_activity_at_all_means() -> None:
    data, _ = simulate(500, 1)
    data = _with_column(data, RECENCY_FEATURE, np.where(data.label == 1, 5.0, np.nan))
    asked = FeatureMatrix((RECENCY_FEATURE,), np.array([[5.0], [np.nan]]), ())
    active, silent = fit_recency(data)(asked)
    assert silent < 0.1
    assert active > 0.9


def test_recency_without_activities_is_the_base_rate() -> None:
    data, _ = simulate(50, 2)
    assert fit_recency(data)(data.matrix).tolist() == fit_base_rate(data)(data.matrix).tolist()


def test_logistic_finds_the_signal_in_later_leads() -> None:
    train, _ = simulate(1000, 3)
    test, truth = simulate(1000, 4)
    predicted = fit_logistic(train)(test.matrix)
    learnt, best = (metrics.roc_auc(test.label, one, test.weight) for one in (predicted, truth))
    assert learnt > best - 0.02


def test_logistic_learns_from_codes_and_passes_over_unseen_ones() -> None:
    data, _ = simulate(600, 5, strength=0.0)
    codes = np.where(np.arange(len(data)) % 3 == 0, np.nan, data.label)
    predict = fit_logistic(_with_column(data, "industry", codes, categorical=True))
    asked = FeatureMatrix(
        ("signal", "noise", "industry"),
        np.array([[0, 0, 1.0], [0, 0, np.nan], [0, 0, 0.0], [0, 0, 7.0]]),
        ("industry",),
    )
    won, missing, lost, unseen = predict(asked)
    assert lost < missing < won
    assert lost < unseen < won


@pytest.mark.parametrize("column", [np.nan, 0.0, 1e15, -1e15])
def test_logistic_copes_with_columns_that_say_nothing(column: float) -> None:
    data, _ = simulate(200, 6)
    predicted = fit_logistic(_with_column(data, "useless", np.full(len(data), column)))(
        _with_column(data, "useless", np.full(len(data), np.nan)).matrix
    )
    assert np.isfinite(predicted).all()


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize("label", [0.0, 1.0])
def test_one_class_in_training_is_predicted_for_all(name: str, label: float) -> None:
    data, _ = simulate(30, 7)
    data = _with_column(data, RECENCY_FEATURE, np.ones(len(data)))
    predicted = BASELINES[name].fit(replace(data, label=np.full(len(data), label)))(data.matrix)
    assert predicted.tolist() == [label] * len(data)


@pytest.mark.parametrize("name", BASELINES)
def test_a_lead_alone_is_predicted_as_among_others(name: str) -> None:
    data, truth = simulate(200, 8)
    data = _with_column(data, RECENCY_FEATURE, np.where(truth < 0.1, np.nan, 50 * (1 - truth)))
    predict = BASELINES[name].fit(data)
    alone = [float(predict(data.matrix.take(np.array([row])))[0]) for row in range(20)]
    assert alone == pytest.approx(predict(data.matrix)[:20].tolist(), rel=1e-12)
    assert predict(data.matrix.take(np.empty(0, dtype=np.int64))).shape == (0,)


def test_no_features_leave_the_base_rate() -> None:
    data, _ = simulate(30, 9)
    bare = replace(data, matrix=FeatureMatrix((), np.empty((len(data), 0)), ()))
    assert fit_logistic(bare)(bare.matrix).tolist() == fit_base_rate(data)(data.matrix).tolist()
