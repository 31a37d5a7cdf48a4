from dataclasses import replace

import numpy as np
import pytest

from features.arrays import FloatArray
from models.quality.metrics import METRICS
from tests.training.simulated_leads import simulate
from training.evaluation.evaluate import Evaluation, evaluate
from training.evaluation.segments import LabelArray
from training.labelling.dataset import Dataset


def _evaluated(data: Dataset, truth: FloatArray) -> Evaluation:
    predictions = {"logistic": 0.8 * truth, "model": truth}
    return evaluate(data, predictions, {"source": _sources(data)}, training_base_rate=0.2, seed=1, resamples=40)


def _sources(data: Dataset) -> LabelArray:
    return np.array(["web", "fair"], dtype=np.object_)[data.lead % 2]


def test_model_stands_first_and_the_base_rate_is_always_judged() -> None:
    evaluation = _evaluated(*simulate(300, 0))
    assert [score.name for score in evaluation.scores] == ["model", "base_rate", "logistic"]
    assert [one.baseline for one in evaluation.comparisons] == ["base_rate", "logistic"]
    assert [curve.name for curve in evaluation.gains] == ["model", "base_rate", "logistic"]
    assert evaluation.score("base_rate").metrics["roc_auc"].value == 0.5


def test_counts_are_of_leads_and_the_period_is_that_of_the_snapshots() -> None:
    data, truth = simulate(200, 1, snapshots=3)
    evaluation = _evaluated(data, truth)
    assert (evaluation.rows, evaluation.leads, evaluation.wins) == (600, 200, int(data.label[::3].sum()))
    assert evaluation.base_rate == pytest.approx(data.label.mean())
    assert (evaluation.period_start_ms, evaluation.period_end_ms) == (data.as_of_ms.min(), data.as_of_ms.max())


def test_comparison_is_the_difference_of_the_scores() -> None:
    evaluation = _evaluated(*simulate(300, 2))
    ours, theirs = evaluation.model.metrics["log_loss"], evaluation.score("logistic").metrics["log_loss"]
    compared = evaluation.comparison("logistic")
    assert compared is not None
    assert compared.log_loss.value == pytest.approx(ours.value - theirs.value)
    assert evaluation.comparison("recency") is None


def test_row_order_changes_nothing() -> None:
    data, truth = simulate(300, 3, snapshots=2)
    order = np.random.default_rng(0).permutation(len(data))
    straight, shuffled = _evaluated(data, truth), _evaluated(data.take(order), truth[order])
    assert shuffled.to_metrics() == pytest.approx(straight.to_metrics(), rel=1e-9)
    assert [part.rows for part in shuffled.segments] == [part.rows for part in straight.segments]
    assert [part.mean_predicted for part in shuffled.reliability.bins] == pytest.approx(
        [part.mean_predicted for part in straight.reliability.bins]
    )


def test_the_same_seed_gives_the_same_evaluation() -> None:
    data, truth = simulate(300, 4)
    assert _evaluated(data, truth) == _evaluated(data, truth)


def test_figures_for_the_tracker_name_every_score() -> None:
    evaluation = _evaluated(*simulate(300, 5))
    figures = evaluation.to_metrics()
    expected = {f"{who}_{metric}{end}" for who in ("test", "baseline_logistic") for metric in METRICS for end in ENDS}
    assert expected <= set(figures)
    assert figures["test_roc_auc_low"] == evaluation.model.metrics["roc_auc"].low
    assert figures["difference_base_rate_log_loss"] < 0
    assert figures["test_leads"] == 300


ENDS = ("", "_low", "_high")


def test_a_test_period_without_a_win_is_evaluated_and_leaves_out_what_is_undefined() -> None:
    data, truth = simulate(100, 6)
    figures = _evaluated(replace(data, label=np.zeros(len(data))), truth).to_metrics()
    assert "test_roc_auc" not in figures
    assert figures["test_wins"] == 0
    assert np.isfinite(list(figures.values())).all()


def test_all_faults_of_the_input_are_told_at_once() -> None:
    data, truth = simulate(10, 7)
    with pytest.raises(ValueError, match=r'"model" is required; found mine.*"source" needs 10 labels.*1 rows do not'):
        evaluate(
            data,
            {"mine": np.append(truth[:-1], np.nan)},
            {"source": np.full(3, "web")},
            training_base_rate=0.2,
            seed=0,
        )


def test_an_empty_test_period_is_refused() -> None:
    data, truth = simulate(10, 8)
    none = np.empty(0, dtype=np.int64)
    with pytest.raises(ValueError, match="no labelled snapshots; give more history"):
        evaluate(data.take(none), {"model": truth[none]}, {}, training_base_rate=0.2, seed=0)
