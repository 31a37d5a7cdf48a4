"""Turnover of features whose months are known."""

import numpy as np

from features.arrays import FloatArray
from features.instant import MS_PER_DAY
from features.matrix import FeatureMatrix
from models.quality.distribution import Distribution, category_edges, number_edges
from models.quality.turnover import STEP_DAYS
from training.fitting.earlier_training import EarlierTraining
from training.fitting.months_apart import category_turnover, number_turnover
from training.labelling.dataset import Dataset

STEP_MS = STEP_DAYS * MS_PER_DAY
OTHER = 4.0
HISTORY = 12
"""Steps that were learnt from."""


def months_of_numbers(*means: float) -> list[FloatArray]:
    rng = np.random.default_rng(0)
    return [rng.normal(mean, 1.0, 2_000) for mean in means]


def dataset(codes: list[float], leads: list[int], as_of_ms: list[int]) -> Dataset:
    count = len(codes)
    matrix = FeatureMatrix(("campaign",), np.array(codes)[:, np.newaxis], ("campaign",))
    lead = np.array(leads, dtype=np.int64)
    ones = np.ones(count)
    return Dataset(matrix, ones * 0, ones, np.array(as_of_ms, dtype=np.int64), lead, lead, 60)


def campaigns() -> Dataset:
    """Campaign 0 has always been there; 1, 2 and 3 begin three, two and one steps before the last snapshot."""
    begins = {0: 0, 1: HISTORY - 3, 2: HISTORY - 2, 3: HISTORY - 1}
    rows = [
        (float(code), 100 * code + number, step * STEP_MS)
        for code, begin in begins.items()
        for step in range(begin, HISTORY + 1)
        for number in range(20)
    ]
    codes, leads, as_of_ms = (list(part) for part in zip(*rows, strict=True))
    return dataset(codes, leads, as_of_ms)


def test_months_that_are_alike_have_no_turnover() -> None:
    months = months_of_numbers(*[0.0] * 6)
    known = Distribution.of(months[:1], number_edges(months[0]))
    assert max(number_turnover(known, months).index) < 0.01


def test_turnover_of_a_number_that_moves_on_grows_with_the_time_between() -> None:
    months = months_of_numbers(1.0, 0.8, 0.6, 0.4, 0.2, 0.0)
    known = Distribution.of(months[:1], number_edges(months[0]))
    index = number_turnover(known, months).index
    assert list(index) == sorted(index)
    assert index[-1] > 10 * index[0] > 0


def test_one_month_that_was_unlike_all_others_is_not_taken_for_the_usual() -> None:
    months = months_of_numbers(0.0, 0.0, 5.0, 0.0, 0.0, 0.0, 0.0)
    known = Distribution.of(months[:1], number_edges(months[0]))
    assert number_turnover(known, months).index[0] < 0.01


def test_chance_between_small_months_is_not_taken_for_turnover() -> None:
    rng = np.random.default_rng(1)
    months = [rng.integers(0, 40, 200).astype(np.float64) for _ in range(7)]
    known = Distribution.of(months[:1], category_edges(40))
    assert max(number_turnover(known, months).index) < 0.15


def test_category_is_known_once_enough_leads_have_had_it() -> None:
    earlier = EarlierTraining.of(campaigns(), 0, 4)
    assert [since // STEP_MS for since in earlier.since_ms[:4].tolist()] == [0, 9, 10, 11]
    codes = np.array([0.0, 1.0, 2.0, 3.0, OTHER, np.nan])
    assert earlier.told_apart(codes, 0).tolist()[:5] == [0, 1, 2, 3, OTHER]
    assert earlier.told_apart(codes, 2).tolist()[:5] == [0, 1, 2, OTHER, OTHER]
    assert earlier.told_apart(codes, 4).tolist()[:5] == [0, OTHER, OTHER, OTHER, OTHER]
    assert np.isnan(earlier.told_apart(codes, 4)[5])


def test_share_of_campaigns_that_an_older_model_would_not_know_is_usual() -> None:
    now = np.repeat([0.0, 1.0, 2.0, 3.0], 100)
    months = [now, *[np.zeros(400)] * 7]
    known = Distribution.of(months[:1], category_edges(4))
    unseen = category_turnover(known, months, EarlierTraining.of(campaigns(), 0, 4)).unseen
    assert unseen[:5] == (0.0, 0.0, 0.25, 0.5, 0.75)


def test_share_is_that_of_the_worst_time_in_a_quarter() -> None:
    months = [np.zeros(400), np.repeat([0.0, 3.0], 200), *[np.zeros(400)] * 6]
    known = Distribution.of(months[:1], category_edges(4))
    unseen = category_turnover(known, months, EarlierTraining.of(campaigns(), 0, 4)).unseen
    assert unseen[:3] == (0.0, 0.5, 0.5)


def test_training_with_less_than_half_of_the_history_says_nothing() -> None:
    months = [np.repeat([0.0, 3.0], 200)] * 12
    known = Distribution.of(months[:1], category_edges(4))
    found = category_turnover(known, months, EarlierTraining.of(campaigns(), 0, 4))
    assert len(found.unseen) == HISTORY // 2 + 1
