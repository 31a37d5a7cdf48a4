import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from serving.examples import REQUESTS
from serving.history import History
from serving.history_store import HistoryStore
from serving.settings import ServiceSettings
from tests.serving.caller import Caller
from tests.serving.test_history_store import MS, entry


@pytest.fixture
def dropped() -> list[int]:
    return []


@pytest.fixture
def history(history_url: str, dropped: list[int]) -> Iterator[History]:
    history = History(HistoryStore(history_url), 1_000, dropped.append)
    history.start()
    yield history
    history.close(5)


def test_what_was_taken_is_written_when_asked_for(history: History) -> None:
    for step in range(700):
        history.put(entry(scored_at_ms=MS + step))
    assert history.flush(10)
    assert [found.scored_at_ms for found in history.store.of_lead("L1", 700)] == [
        MS + 699 - step for step in range(700)
    ]
    assert len(history) == 0


def test_what_waits_is_written_at_the_end(history_url: str, dropped: list[int]) -> None:
    history = History(HistoryStore(history_url), 5_000, dropped.append)
    history.start()
    for step in range(2_500):
        history.put(entry(scored_at_ms=MS + step))
    history.close(10)
    again = HistoryStore(history_url)
    assert len(again.of_lead("L1", 5_000)) == 2_500
    assert dropped == []
    again.close()


def test_database_that_comes_back_gets_everything(tmp_path: Path, dropped: list[int]) -> None:
    place = tmp_path / "history"
    place.write_text("a file stands where the folder should")
    history = History(HistoryStore(f"sqlite:///{place}/history.db"), 10, dropped.append)
    history.start()
    for step in range(8):
        history.put(entry(scored_at_ms=MS + step))
    assert not history.flush(0.3)
    place.unlink()
    assert history.flush(10)
    assert len(history.store.of_lead("L1", 100)) == 8
    assert dropped == []
    history.close(5)


def test_answers_beyond_what_may_wait_are_dropped_and_counted(tmp_path: Path, dropped: list[int]) -> None:
    (tmp_path / "history").write_text("a file stands where the folder should")
    history = History(HistoryStore(f"sqlite:///{tmp_path}/history/history.db"), 10, dropped.append)
    history.start()
    for step in range(25):
        history.put(entry(scored_at_ms=MS + step))
    assert sum(dropped) == 15
    history.close(0.2)
    assert sum(dropped) == 25


def test_taking_an_answer_holds_nobody_up(history: History) -> None:
    one = entry()
    started = time.perf_counter()
    for _ in range(900):
        history.put(one)
    assert time.perf_counter() - started < 0.05


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
