import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import create_engine, text

from serving.examples import REQUESTS
from serving.history import History
from serving.history_entry import HistoryEntry
from serving.history_store import HistoryStore
from serving.settings import ServiceSettings
from serving.spool import Spool
from serving.spool_line import encoded
from tests.serving.caller import Caller
from tests.serving.test_history_store import MS, entry


@pytest.fixture
def dropped() -> list[int]:
    return []


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool", 10_000_000)


@pytest.fixture
def history(history_url: str, dropped: list[int], spool: Spool) -> Iterator[History]:
    history = History(HistoryStore(history_url), 1_000, dropped.append, spool)
    history.start()
    yield history
    history.close(5)


@pytest.fixture
def away(tmp_path: Path) -> HistoryStore:
    """A database that comes once the file ``history`` is removed."""
    (tmp_path / "history").write_text("a file stands where the folder should")
    return HistoryStore(f"sqlite:///{tmp_path}/history/history.db")


def given(count: int, first: int = 0) -> list[HistoryEntry]:
    return [entry(scored_at_ms=MS + first + step) for step in range(count)]


def stored(store: HistoryStore) -> list[HistoryEntry]:
    return store.of_lead("L1", 10_000)[::-1]


def test_what_was_taken_is_written_when_asked_for(history: History) -> None:
    for step in range(700):
        history.put(entry(scored_at_ms=MS + step))
    assert history.flush(10)
    assert [found.scored_at_ms for found in history.store.of_lead("L1", 700)] == [
        MS + 699 - step for step in range(700)
    ]
    assert len(history) == 0


def test_what_waits_is_written_at_the_end(history_url: str, dropped: list[int], spool: Spool) -> None:
    history, answers = History(HistoryStore(history_url), 1, dropped.append, spool), given(2_500)
    history.start()
    for answer in answers:
        history.put(answer)
    history.close(10)
    again = HistoryStore(history_url)
    assert stored(again) == answers
    assert dropped == []
    again.close()


@pytest.mark.parametrize("is_spooled", [True, False])
def test_database_that_comes_back_gets_everything(
    tmp_path: Path, away: HistoryStore, dropped: list[int], spool: Spool, *, is_spooled: bool
) -> None:
    history, answers = History(away, 10, dropped.append, spool if is_spooled else None), given(8)
    history.start()
    for answer in answers:
        history.put(answer)
    assert not history.flush(0.3)
    assert (len(history), history.spool_bytes > 0, history.is_away) == (8, is_spooled, True)
    (tmp_path / "history").unlink()
    assert history.flush(10)
    assert stored(history.store) == answers
    assert (dropped, len(history), history.spool_bytes, history.is_away) == ([], 0, 0, False)
    history.close(5)


def test_answers_beyond_what_may_wait_in_memory_are_dropped_and_counted(away: HistoryStore, dropped: list[int]) -> None:
    history = History(away, 10, dropped.append)
    history.start()
    for answer in given(25):
        history.put(answer)
    assert sum(dropped) == 15
    history.close(0.2)
    assert sum(dropped) == 25


def test_answers_beyond_what_may_be_spooled_are_dropped_and_counted(
    tmp_path: Path, away: HistoryStore, dropped: list[int]
) -> None:
    answers = given(25)
    history = History(away, 1_000, dropped.append, Spool(tmp_path / "spool", 10 * len(encoded(answers[0])) + 10))
    history.start()
    for answer in answers:
        history.put(answer)
    assert (sum(dropped), len(history)) == (15, 10)
    (tmp_path / "history").unlink()
    assert history.flush(10)
    assert stored(history.store) == answers[:10]
    history.put(answers[-1])
    history.close(5)
    assert sum(dropped) == 15


def test_what_is_left_at_the_end_is_for_the_next_start_and_nobody_waits_for_it(
    tmp_path: Path, away: HistoryStore, dropped: list[int], spool: Spool
) -> None:
    history, answers = History(away, 1, dropped.append, spool), given(1_500)
    history.start()
    for answer in answers:
        history.put(answer)
    started = time.monotonic()
    history.close(60)
    assert time.monotonic() - started < 10
    (tmp_path / "history").unlink()
    again = History(
        HistoryStore(f"sqlite:///{tmp_path}/history/history.db"), 1, dropped.append, Spool(tmp_path / "spool", 10**7)
    )
    again.start()
    assert again.flush(10)
    assert stored(again.store) == answers
    again.close(5)
    assert (dropped, list((tmp_path / "spool").iterdir())) == ([], [])


def test_order_stays_where_the_disk_takes_no_more_for_a_while(
    tmp_path: Path, away: HistoryStore, dropped: list[int], spool: Spool
) -> None:
    history, answers = History(away, 1_000, dropped.append, spool), given(30)
    for answer in answers[:10]:
        history.put(answer)
    folder, hidden = tmp_path / "spool", tmp_path / "hidden"
    spool.seal()  # else the file stays open, and takes more
    folder.rename(hidden)
    folder.write_text("a file stands where the folder should")
    for answer in answers[10:20]:
        history.put(answer)
    assert (len(history), len(spool)) == (20, 10)
    folder.unlink()
    hidden.rename(folder)
    for answer in answers[20:]:
        history.put(answer)
    assert len(spool) == 10, "what follows must not overtake what waits in memory"
    history.start()
    until = time.monotonic() + 10
    while len(spool) < 30 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(spool) == 30, "the disk has room again, and holds what a crash would have lost"
    (tmp_path / "history").unlink()
    assert history.flush(10)
    assert stored(history.store) == answers
    assert dropped == []
    history.close(5)


def test_spool_that_cannot_be_read_keeps_nothing_from_the_database(
    tmp_path: Path, history_url: str, dropped: list[int], spool: Spool
) -> None:
    (tmp_path / "spool").write_text("a file stands where the folder should")
    history, answers = History(HistoryStore(history_url), 100, dropped.append, spool), given(5)
    history.start()
    for answer in answers:
        history.put(answer)
    assert history.flush(10)
    assert stored(history.store) == answers
    assert (dropped, history.is_away) == ([], False)
    history.close(5)


def test_answer_that_the_database_refuses_keeps_no_other_out(history: History, dropped: list[int]) -> None:
    answers = given(5)
    for answer in [*answers[:3], replace(answers[3], lead_id=cast("str", None)), answers[4]]:
        history.put(answer)
    assert history.flush(10)
    assert stored(history.store) == [*answers[:3], answers[4]]
    assert dropped == [1]


def test_damaged_answer_is_counted_and_keeps_no_other_out(
    tmp_path: Path, history_url: str, dropped: list[int], spool: Spool
) -> None:
    answers = given(4)
    for answer in answers:
        spool.append(encoded(answer))
    [file] = (tmp_path / "spool").rglob("*.spool")
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0], lines[1].replace(b"discover", b"nurture!"), lines[2], lines[3][:-20]]))
    history = History(HistoryStore(history_url), 1, dropped.append, spool)
    history.start()
    assert history.flush(10)
    assert stored(history.store) == [answers[0], answers[2]]
    assert dropped == [1], "a torn tail was never answered"
    history.close(5)


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Let nobody write to the table of answers meanwhile."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_sqlite else "BEGIN")
        if not is_sqlite:
            connection.exec_driver_sql("LOCK TABLE lead_scores IN ACCESS EXCLUSIVE MODE")
        yield
        connection.exec_driver_sql("ROLLBACK")
    engine.dispose()


def test_taking_an_answer_does_not_wait_for_the_database(history: History, history_url: str) -> None:
    history.put(entry(scored_at_ms=MS))
    assert history.flush(10)
    with locked(history_url):
        for one in given(900, first=1):
            history.put(one)
        assert len(history) == 900
    assert history.flush(20)
    assert len(stored(history.store)) == 901


def test_history_of_a_lead_is_told_newest_first_in_pages(caller: Caller) -> None:
    body = REQUESTS["ja"]
    for day in (10, 15, 20):
        assert caller.post("/score", json=body | {"as_of": f"2026-11-{day}T00:00:00Z"}).status_code == 200
    lead_id = body["lead"]["lead_id"]
    told = caller.get(f"/leads/{lead_id}/scores").json()
    assert [score["as_of"][8:10] for score in told["scores"]] == ["20", "15", "10"]
    assert told["trend"] in ("improving", "steady", "declining")
    first = caller.get(f"/leads/{lead_id}/scores", params={"limit": 1}).json()
    rest = caller.get(f"/leads/{lead_id}/scores", params={"before": first["scores"][0]["score_id"]}).json()
    assert first["scores"] + rest["scores"] == told["scores"]
    assert first["trend"] == rest["trend"] == told["trend"]


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "before=x", "before="])
def test_bad_page_is_told(caller: Caller, query: str) -> None:
    answered = caller.get(f"/leads/x/scores?{query}")
    assert answered.status_code == 422
    assert answered.json()["errors"][0]["location"][0] == "query"


@pytest.mark.parametrize("lead_id", ["never", "%00", "a%2Fb", "x" * 201, "%E4%BD%90", "%FF", "..%2F.."])
def test_lead_that_was_never_scored_is_not_found(caller: Caller, lead_id: str) -> None:
    assert caller.get(f"/leads/{lead_id}/scores").status_code in (404, 422)


def test_scoring_goes_on_while_the_database_is_away(caller: Caller, settings: ServiceSettings) -> None:
    caller.post("/score", json=REQUESTS["en"])
    assert caller.get("/leads/lead-4711/scores").status_code == 200
    engine = create_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE lead_scores RENAME TO away"))
    assert caller.post("/score", json=REQUESTS["en"]).status_code == 200
    answered = caller.get("/leads/lead-4711/scores")
    assert (answered.status_code, answered.json()["type"]) == (503, "urn:lead-scoring:problem:history-away")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO lead_scores"))
    engine.dispose()
    assert len(caller.get("/leads/lead-4711/scores").json()["scores"]) == 2
