from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

from serving.database import open_engine
from serving.outcome import Outcome
from serving.outcome_store import OutcomeStore
from serving.prepared_store import StoreError
from serving.store_tables import OUTCOMES

MS = 1_790_000_000_123
ONE = Outcome("L1", "won", MS, MS + 7, amount=1_200.5, currency="JPY")


@pytest.fixture
def store(history_url: str) -> Iterator[OutcomeStore]:
    store = OutcomeStore(history_url)
    yield store
    store.close()


def statuses(store: OutcomeStore, *outcomes: Outcome, replaced: bool = False) -> list[str]:
    return [one.status for one in store.record(outcomes, replace=replaced)]


def test_outcomes_come_back_as_they_were(store: OutcomeStore) -> None:
    others = [Outcome("佐藤 🎌 'quoted'", "lost", MS, MS, lost_reason="高い"), Outcome("L2", "lost", MS - 1, MS)]
    assert statuses(store, ONE, *others) == ["new"] * 3
    assert store.all_of(["L1", "L2", "佐藤 🎌 'quoted'", "L3"]) == {one.lead_id: one for one in (ONE, *others)}


def test_statuses_are_told_in_order_and_only_the_bad_one_is_refused(store: OutcomeStore) -> None:
    more = replace(ONE, lead_id="L2", amount=None)
    store.record([ONE, more])
    told = store.record(
        [replace(ONE, outcome="lost", amount=None), replace(more, amount=3.0), replace(ONE, lead_id="0")]
    )
    assert [one.status for one in told] == ["contradiction", "completed", "new"]
    assert told[0].stored == ONE
    assert store.all_of(["L1", "L2", "0"])["L2"].amount == 3.0


def test_replacing_takes_what_is_reported_as_a_whole(store: OutcomeStore) -> None:
    store.record([ONE])
    lost = Outcome("L1", "lost", MS + 1000, MS + 2000, lost_reason="cancelled")
    assert statuses(store, lost, replaced=True) == ["replaced"]
    assert store.all_of(["L1"])["L1"] == replace(lost, reported_at_ms=ONE.reported_at_ms)
    assert store.remove(["L1", "L9"]) == 1
    assert store.all_of(["L1"]) == {}


def test_one_of_many_reports_at_once_is_the_first(store: OutcomeStore) -> None:
    store.record([replace(ONE, lead_id="other")])
    ends = [replace(ONE, amount=float(amount % 2)) for amount in range(16)]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda one: store.record([one])[0], ends))
    counts = {status: [one.status for one in told].count(status) for status in ("new", "same", "contradiction")}
    assert counts == {"new": 1, "same": 7, "contradiction": 8}
    assert {one.stored.amount for one in told} == {store.all_of(["L1"])["L1"].amount}


def test_lists_that_overlap_do_not_wait_for_each_other_for_ever(store: OutcomeStore) -> None:
    many = [replace(ONE, lead_id=f"L{place}") for place in range(200)]
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(store.record, (many, many[::-1])))
    assert sorted(one.status for part in told for one in part) == ["new"] * 200 + ["same"] * 200


def test_database_itself_refuses_what_is_no_outcome(store: OutcomeStore, history_url: str) -> None:
    store.record([ONE])
    engine = create_engine(history_url)
    for column, value in (("outcome", "open"), ("amount", -1.0), ("lost_reason", "price"), ("closed_at_ms", None)):
        with pytest.raises(IntegrityError, match=r"(?i)constraint"), engine.begin() as connection:
            connection.execute(OUTCOMES.update().values({column: value}))
    engine.dispose()


def test_commit_waits_for_the_disk(history_url: str, store: OutcomeStore) -> None:
    store.record([ONE])
    engine = open_engine(history_url, is_durable=True)
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            full = 2
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == full
    engine.dispose()


def test_store_that_is_away_says_so_without_quoting(tmp_path: object) -> None:
    store = OutcomeStore(f"sqlite:///{tmp_path}")
    with pytest.raises(StoreError, match="unable to open") as failed:
        store.record([replace(ONE, lead_id="a lead's secret")])
    assert "secret" not in str(failed.value)
