"""Which snapshots champion and challenger meet on."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from features.instant import MS_PER_DAY
from tests.training.simulated_leads import START_MS, simulate
from training.promotion.fresh_slice import NEWEST_WINS, fresh_slice

DATA, _ = simulate(6_000, seed=3, snapshots=3)
DAYS = st.integers(-50, 350)


@given(DAYS, DAYS)
def test_neither_side_has_learnt_an_outcome_of_the_test(champion_day: int, newest_day: int) -> None:
    champion_end, newest = START_MS + champion_day * MS_PER_DAY, START_MS + newest_day * MS_PER_DAY
    found = fresh_slice(DATA, champion_end, newest)
    tested = DATA.as_of_ms[found.test_rows]
    assert (tested >= champion_end).all()
    assert (tested >= newest).all()
    window_end = DATA.as_of_ms[found.train_rows] + DATA.horizon_days * MS_PER_DAY
    assert (window_end <= found.start_ms).all()
    assert (tested >= found.start_ms).all()


@given(DAYS)
def test_test_is_no_longer_than_the_number_of_wins_asks_for(champion_day: int) -> None:
    found = fresh_slice(DATA, START_MS + champion_day * MS_PER_DAY, START_MS)
    part = DATA.take(found.test_rows)
    later = part.as_of_ms > found.start_ms
    assert len(np.unique(part.lead[(part.label == 1) & later])) < NEWEST_WINS


def test_every_snapshot_is_tested_where_wins_are_few_and_the_champion_is_old() -> None:
    few, _ = simulate(300, seed=1)
    found = fresh_slice(few, START_MS - MS_PER_DAY, START_MS - MS_PER_DAY)
    assert len(found.test_rows) == len(few)


def test_nothing_is_newer_than_a_champion_of_the_same_data() -> None:
    assert not len(fresh_slice(DATA, START_MS + 400 * MS_PER_DAY, START_MS).test_rows)
