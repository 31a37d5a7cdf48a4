from dataclasses import replace

import numpy as np
import pytest

from features.arrays import FloatArray
from tests.training.simulated_leads import simulate
from training.evaluation.evaluate import evaluate
from training.evaluation.verdict import LEVELS, Verdict, judge
from training.evaluation.verdict_rules import Limits
from training.labelling.dataset import Dataset


def _verdict(
    data: Dataset, model: FloatArray, others: dict[str, FloatArray] | None = None, rate: float | None = None
) -> Verdict:
    predictions = {"model": model} | (others or {})
    rate = float(data.label.mean()) if rate is None else rate
    return judge(evaluate(data, predictions, {}, training_base_rate=rate, seed=0, resamples=100))


def _moved(probability: FloatArray, by: float) -> FloatArray:
    odds = probability / (1 - probability) * np.exp(by)
    return np.asarray(odds / (1 + odds))


@pytest.mark.parametrize("seed", range(5))
def test_exact_probabilities_are_ready(seed: int) -> None:
    data, truth = simulate(2000, seed)
    verdict = _verdict(data, truth, {"recency": np.sqrt(truth) * 0.5})
    assert verdict.level == "ready"
    assert "ROC AUC 0." in verdict.reasons[0].en
    assert f"{int(data.label.sum()):,}" in verdict.reasons[0].ja


@pytest.mark.parametrize("seed", range(5))
def test_random_probabilities_are_not_ready(seed: int) -> None:
    data, truth = simulate(1000, seed)
    verdict = _verdict(data, np.random.default_rng(seed).permutation(truth))
    assert verdict.level == "not_ready"
    assert "no signal in these data: the model ranks leads hardly better than chance" in verdict.reasons[0].en
    assert "not surely better than giving every lead the same" in verdict.reasons[1].en


def test_hardly_any_signal_asks_for_care() -> None:
    data, truth = simulate(4000, 1, strength=0.35)
    verdict = _verdict(data, truth)
    assert verdict.level == "usable_with_care"
    assert verdict.reasons[0].en.startswith("The signal is weak: ROC AUC 0.")


def test_good_ranking_with_absurd_probabilities_is_not_ready() -> None:
    data, truth = simulate(1000, 0)
    verdict = _verdict(data, _moved(truth, 3))
    assert verdict.level == "not_ready"
    assert len(verdict.reasons) == 1


def test_no_win_in_the_test_period_cannot_be_judged() -> None:
    data, truth = simulate(300, 0)
    verdict = _verdict(replace(data, label=np.zeros(len(data))), truth, rate=0.2)
    assert verdict.level == "not_ready"
    assert "0 of the 300 test leads were won" in verdict.reasons[0].en
    assert "リード300件のうち成約は0件" in verdict.reasons[0].ja


def test_few_wins_ask_for_care() -> None:
    data, truth = simulate(160, 2, level=-1.8, strength=1.8)
    verdict = _verdict(data, truth)
    assert verdict.level == "usable_with_care"
    assert f"Only {int(data.label.sum())} of the 160 test leads were won" in verdict.reasons[0].en


def test_a_model_no_better_than_recency_asks_for_care() -> None:
    data, truth = simulate(2000, 2)
    verdict = _verdict(data, truth, {"recency": truth})
    assert verdict.level == "usable_with_care"
    assert "difference +0.000 (95% interval +0.000 to +0.000)" in verdict.reasons[0].en


@pytest.mark.parametrize(("weakening", "level"), [(0.0, "ready"), (0.6, "usable_with_care")])
def test_only_a_surely_better_logistic_regression_asks_for_care(weakening: float, level: str) -> None:
    data, truth = simulate(3000, 3)
    model = (1 - weakening) * truth + weakening * truth.mean()
    verdict = _verdict(data, model, {"logistic": truth})
    assert verdict.level == level


@pytest.mark.parametrize("by", [-0.7, 0.7])
def test_too_many_or_too_few_predicted_wins_ask_for_care(by: float) -> None:
    data, truth = simulate(3000, 4)
    verdict = _verdict(data, _moved(truth, by))
    assert verdict.level == "usable_with_care"
    assert "For every actual win the model predicted" in verdict.reasons[0].en
    assert "percentage points on average" in verdict.reasons[1].en


def test_a_ranking_too_good_to_be_true_asks_for_care() -> None:
    data, truth = simulate(1000, 5)
    leaked = 0.9 * data.label + 0.1 * truth
    assert "too good to be true" in _verdict(data, leaked).reasons[0].en


def test_a_base_rate_that_moved_asks_for_care() -> None:
    data, truth = simulate(2000, 6)
    verdict = _verdict(data, truth, rate=0.08)
    assert verdict.level == "usable_with_care"
    assert f"from 8.0% in training to {data.label.mean():.1%}" in verdict.reasons[0].en


def test_limits_can_be_set() -> None:
    data, truth = simulate(2000, 0)
    evaluation = evaluate(data, {"model": truth}, {}, training_base_rate=float(data.label.mean()), seed=0, resamples=50)
    assert judge(evaluation).level == "ready"
    assert judge(evaluation, Limits(least_auc=0.99)).level == "not_ready"


@pytest.mark.parametrize("by", [0.0, 0.7, 3.0])
def test_every_reason_is_told_in_both_languages(by: float) -> None:
    data, truth = simulate(500, 7)
    verdict = _verdict(data, _moved(truth, by), {"recency": truth, "logistic": truth}, rate=0.05)
    assert verdict.reasons
    assert all(reason.en.endswith(".") and reason.ja.endswith("。") for reason in verdict.reasons)
    assert verdict.wording == LEVELS[verdict.level]
