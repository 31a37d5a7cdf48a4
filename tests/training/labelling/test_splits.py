from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.arrays import FloatArray, IntArray
from features.instant import MS_PER_DAY
from features.matrix import FeatureMatrix
from training.labelling.dataset import Dataset
from training.labelling.splits import Split, forward_blocks, newest_slice

HORIZON_MS = 30 * MS_PER_DAY


def dataset(as_of_day: IntArray, group: IntArray, label: FloatArray, weight: FloatArray | None = None) -> Dataset:
    rows = len(as_of_day)
    return Dataset(
        matrix=FeatureMatrix(("row",), np.arange(rows, dtype=np.float64)[:, np.newaxis], ()),
        label=label,
        weight=np.ones(rows) if weight is None else weight,
        as_of_ms=as_of_day * MS_PER_DAY,
        lead=np.arange(rows),
        group=group,
        horizon_days=30,
    )


def alternating(rows: int) -> FloatArray:
    return np.resize([0.0, 1.0], rows).astype(np.float64)


def random_dataset(seed: int, rows: int, groups: int, span_days: int = 300) -> Dataset:
    rng = np.random.default_rng(seed)
    day, group = rng.integers(0, span_days, rows), rng.integers(0, groups, rows)
    return dataset(day, group, (rng.random(rows) < 0.3).astype(np.float64), 1 / rng.integers(1, 6, rows))


@st.composite
def _datasets(draw: st.DrawFn) -> Dataset:
    seed, rows = draw(st.integers(0, 10**6)), draw(st.integers(0, 120))
    return random_dataset(seed, rows, draw(st.integers(1, 80)), draw(st.integers(1, 400)))


def every_split(data: Dataset) -> list[Split]:
    return [newest_slice(data), newest_slice(data, share=0.5), *forward_blocks(data), *forward_blocks(data, blocks=2)]


@settings(deadline=None)
@given(_datasets())
def test_window_of_no_train_row_reaches_into_the_test(data: Dataset) -> None:
    for split in every_split(data):
        assert (split.train.as_of_ms + HORIZON_MS <= split.start_ms).all()
        assert (split.test.as_of_ms >= split.start_ms).all()


@settings(deadline=None)
@given(_datasets())
def test_no_group_stands_on_both_sides(data: Dataset) -> None:
    for split in every_split(data):
        assert not np.intersect1d(split.train.group, split.test.group).size


@settings(deadline=None)
@given(_datasets(), st.integers(0, 100))
def test_order_of_the_rows_changes_nothing(data: Dataset, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(data))
    for one, other in zip(every_split(data), every_split(data.take(order)), strict=True):
        assert one.start_ms == other.start_ms
        for mine, others in ((one.train, other.train), (one.test, other.test)):
            back = np.argsort(others.matrix.values[:, 0])
            assert np.array_equal(mine.matrix.values, others.matrix.values[back])
            assert np.array_equal(mine.weight, others.weight[back])


@settings(deadline=None)
@given(_datasets())
def test_blocks_follow_one_another_and_can_all_be_judged(data: Dataset) -> None:
    blocks = forward_blocks(data)
    assert len(blocks) <= 4
    for block in blocks:
        assert block.is_judgeable
    for earlier, later in pairwise(blocks):
        assert earlier.test.as_of_ms.max() < later.start_ms


@settings(deadline=None)
@given(_datasets())
def test_row_of_a_group_on_one_side_is_always_used_and_keeps_its_weight(data: Dataset) -> None:
    split = newest_slice(data)
    is_old, is_new = data.as_of_ms + HORIZON_MS <= split.start_ms, data.as_of_ms >= split.start_ms
    shared = np.isin(data.group, np.intersect1d(data.group[is_old], data.group[is_new]))
    assert set(np.flatnonzero(is_old & ~shared)) <= set(split.train_rows)
    assert set(np.flatnonzero(is_new & ~shared)) <= set(split.test_rows)
    assert np.array_equal(split.factor, np.where(shared, 2.0, 1.0))


def test_share_of_the_weight_is_in_the_test() -> None:
    data = random_dataset(seed=1, rows=4_000, groups=4_000)
    in_test = data.weight[data.as_of_ms >= newest_slice(data, share=0.2).start_ms].sum()
    assert in_test / data.weight.sum() == pytest.approx(0.2, abs=0.01)


def test_unevenly_busy_months_are_split_by_weight_rather_than_by_time() -> None:
    day = np.concatenate([np.arange(900) % 30, 30 + np.arange(100) * 9])
    data = dataset(day, np.arange(1000), alternating(1000))
    assert len(newest_slice(data, share=0.2).test_rows) == pytest.approx(200, abs=30)


def _slow_losers(seed: int) -> Dataset:
    """One company a lead; winners are seen once, the others again a year later."""
    rng = np.random.default_rng(seed)
    day, is_won = rng.integers(0, 700, 6_000), rng.random(6_000) < 0.2
    again = np.flatnonzero(~is_won & (day < 335))
    group = np.concatenate([np.arange(6_000), again])
    return dataset(np.concatenate([day, day[again] + 365]), group, np.concatenate([is_won, np.zeros(len(again))]) * 1.0)


def test_both_sides_keep_the_share_of_wins_although_losers_come_back() -> None:
    data = _slow_losers(seed=3)
    split = newest_slice(data)
    is_old, is_new = data.as_of_ms + HORIZON_MS <= split.start_ms, data.as_of_ms >= split.start_ms
    for part, rows in ((split.train, is_old), (split.test, is_new)):
        share = np.average(part.label, weights=part.weight)
        assert share == pytest.approx(np.average(data.label[rows], weights=data.weight[rows]), abs=0.01)


@pytest.mark.parametrize("groups", [2, 3, 8])
def test_few_huge_groups_empty_neither_side(groups: int) -> None:
    data = random_dataset(seed=5, rows=2_000, groups=groups)
    split = newest_slice(data)
    assert split.is_judgeable
    assert len(forward_blocks(data)) == 4


def test_single_group_cannot_be_judged() -> None:
    data = random_dataset(seed=5, rows=200, groups=1)
    assert not newest_slice(data).is_judgeable
    assert forward_blocks(data) == []


@pytest.mark.parametrize("rows", [0, 1, 2, 3])
def test_too_few_rows_give_a_split_that_cannot_be_judged_and_no_blocks(rows: int) -> None:
    data = random_dataset(seed=7, rows=rows, groups=5)
    assert not newest_slice(data).is_judgeable
    assert forward_blocks(data) == []


def test_data_shorter_than_the_horizon_leave_the_train_empty() -> None:
    split = newest_slice(random_dataset(seed=7, rows=100, groups=50, span_days=20))
    assert len(split.train) == 0
    assert len(split.test) > 0


def test_snapshots_of_one_instant_stay_together() -> None:
    split = newest_slice(dataset(np.repeat([0, 100], 50), np.arange(100), alternating(100)))
    assert (len(split.train), len(split.test)) == (50, 50)


def test_one_class_leaves_no_block() -> None:
    data = random_dataset(seed=9, rows=400, groups=400)
    lost = Dataset(**(vars(data) | {"label": np.zeros(len(data))}))
    assert not newest_slice(lost).is_judgeable
    assert forward_blocks(lost) == []


def test_same_seed_draws_the_same_lots_and_another_seed_others() -> None:
    data = random_dataset(seed=11, rows=2_000, groups=200)
    first, again, other = newest_slice(data), newest_slice(data), newest_slice(data, seed=1)
    assert np.array_equal(first.test_rows, again.test_rows)
    assert not np.array_equal(first.test_rows, other.test_rows)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.2, 20.0])
def test_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1 is needed"):
        newest_slice(random_dataset(seed=1, rows=10, groups=10), share=share)


def test_no_blocks_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 is needed; found 0"):
        forward_blocks(random_dataset(seed=1, rows=10, groups=10), blocks=0)
