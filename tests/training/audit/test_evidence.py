"""Each kind of evidence by itself."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from sklearn.metrics import roc_auc_score

from features.recipe import CatalogueRecipe
from features.spec import FittedFeature
from training.audit.binned import BinnedFeature
from training.audit.bins import bins_of
from training.audit.cases import Fold
from training.audit.evidence.drift import drift
from training.audit.evidence.identity import running_number
from training.audit.evidence.no_win_beyond import no_win_beyond
from training.audit.evidence.one_outcome import _chance_of_as_many, one_outcome
from training.audit.evidence.similar import associations, says_the_same
from training.audit.evidence.suspicious_name import suspicious_name
from training.audit.ranking import knowledge, news, roc_auc

NUMBER = FittedFeature(CatalogueRecipe("employees"), None)


def _binned(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> BinnedFeature:
    bins = bins_of(values, NUMBER)
    return BinnedFeature(bins, values, bins.of(values))


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=4, max_size=60))
def test_auc_is_that_of_scikit_learn(pairs: list[tuple[int, bool]]) -> None:
    score, is_won = np.array([pair[0] for pair in pairs], dtype=np.float64), np.array([pair[1] for pair in pairs])
    if is_won.all() or not is_won.any():
        assert math.isnan(roc_auc(score, is_won))
    else:
        assert roc_auc(score, is_won) == pytest.approx(roc_auc_score(is_won, score))


def test_knowledge_of_independent_normal_predictors_adds_up() -> None:
    rng = np.random.default_rng(1)
    is_won = rng.random(200_000) < 0.3
    first, second = (rng.normal(size=len(is_won)) + shift * is_won for shift in (0.7, 1.1))
    together = knowledge(roc_auc(0.7 * first + 1.1 * second, is_won))
    assert knowledge(roc_auc(first, is_won)) + knowledge(roc_auc(second, is_won)) == pytest.approx(together, rel=0.03)
    assert news(0.9, 0.9) == 0
    assert news(0.9, 0.5) == 1


@given(st.integers(1, 300), st.data(), st.floats(0.05, 0.95))
def test_chance_of_as_many_wins_is_the_binomial_tail(rows: int, data: st.DataObject, rate: float) -> None:
    wins = data.draw(st.integers(0, rows))
    assert _chance_of_as_many(rows, wins, rate) == pytest.approx(binom.sf(wins - 1, rows, rate), abs=1e-9)


def test_value_with_which_everything_was_won_is_told_once_there_are_enough() -> None:
    rng = np.random.default_rng(2)
    is_won = rng.random(5_000) < 0.2
    for rows, expected in ((6, None), (60, 60)):
        values = rng.integers(0, 3, len(is_won)).astype(np.float64)
        values[np.flatnonzero(is_won)[:rows]] = 9
        found = one_outcome((_binned(values),), is_won)
        assert (found.rows if found else None) == expected


def test_value_that_is_mostly_won_is_no_proof() -> None:
    rng = np.random.default_rng(3)
    renewal = rng.random(5_000) < 0.1
    is_won = rng.random(5_000) < np.where(renewal, 0.93, 0.2)
    assert one_outcome((_binned(renewal.astype(np.float64)),), is_won) is None


@pytest.mark.parametrize("seed", range(5))
def test_likelihood_has_no_sharp_edge_and_a_necessary_condition_has(seed: int) -> None:
    rng = np.random.default_rng(seed)
    is_won = rng.random(10_000) < 0.15
    score = rng.normal(size=len(is_won)) + 1.2 * is_won
    likelihood = no_win_beyond(score, is_won, 0.8)
    assert likelihood is not None
    assert not likelihood.tells
    seconds = np.where(is_won, 90 + rng.exponential(300, len(is_won)), rng.exponential(220, len(is_won)))
    condition = no_win_beyond(seconds, is_won, 0.8)
    assert condition is not None
    assert condition.tells


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("closed_lost_reason", "closed"),
        ("callDuration", "duration"),
        ("Sales Stage", "stage"),
        ("失注理由", "失注"),
        ("最終更新日", "最終更新"),
        ("Total Days Identified", "total days"),
        ("seats", None),
        ("wonderful", None),
        ("product_interest", None),
    ],
)
def test_words_of_hindsight_are_found_in_names(name: str, word: str | None) -> None:
    found = suspicious_name(name)
    assert (found.word if found else None) == word


def test_running_number_is_told_from_an_amount() -> None:
    rng = np.random.default_rng(4)
    created_ms = np.sort(rng.integers(0, 10**9, 3_000))
    numbers = np.arange(4.0, 21_004.0, 7.0, dtype=np.float64)
    assert running_number(numbers, created_ms) is not None
    assert running_number(np.round(rng.lognormal(10, 1, 3_000)), created_ms) is None


def test_shift_of_values_is_told_and_chance_is_not() -> None:
    rng = np.random.default_rng(5)
    fold = Fold(np.arange(2_000), np.arange(2_000, 3_000))
    still = rng.normal(size=3_000)
    assert not drift((_binned(still),), fold, None).is_notable
    assert drift((_binned(still + (np.arange(3_000) >= 2_000)),), fold, None).is_notable


def test_copy_is_the_same_and_a_coarser_column_is_not() -> None:
    values = np.random.default_rng(6).integers(0, 6, 2_000).astype(np.float64)
    fine, copy, coarse = _binned(values), _binned(10 - values), _binned((values > 2).astype(np.float64))
    assert says_the_same(fine, copy)
    assert not says_the_same(fine, coarse)
    noise = _binned(np.random.default_rng(7).normal(size=2_000))
    strength = associations((fine, coarse, noise), np.arange(2_000))
    assert strength[0, 1] > 0.9
    assert strength[0, 2] < 0.1
