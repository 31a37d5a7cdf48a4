from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from features.instant import MS_PER_DAY
from serving.__main__ import app
from serving.database import open_engine
from serving.examples import REQUESTS
from serving.forgetting import forget
from serving.history import History
from serving.history_entry import SHADOW
from serving.history_store import HistoryError, HistoryStore
from serving.outcome import Outcome
from serving.outcome_store import OutcomeStore
from serving.settings import ServiceSettings
from serving.spool import Spool
from serving.store_tables import FORGOTTEN, OUTCOMES, SCORES
from tests.serving.caller import Caller
from tests.serving.test_history_store import MS, entry

MINUTE = 60_000


@pytest.fixture
def engine(history_url: str) -> Iterator[Engine]:
    """Two leads with scores, shadow scores and an outcome each."""
    scores, outcomes = HistoryStore(history_url), OutcomeStore(history_url)
    scores.prepare()
    for lead_id in ("L1", "L2"):
        given = [entry(lead_id, MS + step) for step in range(3)]
        scores.add([*given, replace(entry(lead_id, MS + 3), role=SHADOW)])
    outcomes.record([Outcome(lead_id, "lost", MS, MS, lost_reason="Taro Sato left") for lead_id in ("L1", "L2")])
    scores.close()
    outcomes.close()
    made = open_engine(history_url)
    yield made
    made.dispose()


def everything(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {table.name: [*connection.execute(table.select()).all()] for table in (SCORES, OUTCOMES, FORGOTTEN)}


def test_everything_of_the_lead_goes_and_nothing_of_others(engine: Engine) -> None:
    done = forget(engine, "L1", MS + MINUTE)
    assert (done.scores, done.shadow_scores, done.outcomes, done.rows) == (3, 1, 1, 5)
    left = everything(engine)
    assert {row.lead_id for row in (*left["lead_scores"], *left["outcomes"])} == {"L2"}
    assert (len(left["lead_scores"]), len(left["outcomes"]), len(left["forgotten"])) == (4, 1, 1)


def test_record_names_nobody_and_its_digest_goes_within_a_day_of_answers(engine: Engine, history_url: str) -> None:
    forget(engine, "L1", MS)
    [record] = everything(engine)["forgotten"]
    assert "L1" not in str(record)
    store = HistoryStore(history_url)
    store.add([entry("L2", MS + MS_PER_DAY - 1)])
    assert everything(engine)["forgotten"][0].digest is not None
    store.add([entry("L2", MS + 1 + MS_PER_DAY)])
    store.close()
    [record] = everything(engine)["forgotten"]
    assert (record.salt, record.digest, record.scores) == (None, None, 3)


@pytest.mark.parametrize("is_spooled", [True, False])
def test_answer_that_still_waited_is_dropped_and_a_later_one_kept(
    engine: Engine, history_url: str, tmp_path: Path, *, is_spooled: bool
) -> None:
    store, spool = HistoryStore(history_url), Spool(tmp_path / "spool", 1_000_000)
    history = History(store, 100, spool=spool if is_spooled else None)
    waiting, later = entry("L1", MS + MINUTE), entry("L1", MS + 10 * MINUTE)
    history.put(waiting)
    history.put(replace(entry("L1", MS + MINUTE), role=SHADOW))
    forget(engine, "L1", MS + MINUTE)
    history.put(later)
    history.start()
    assert history.flush(10)
    assert store.of_lead("L1", 10) == [later]
    history.close(5)
    assert [row.lead_id for row in everything(engine)["lead_scores"]].count("L1") == 1


def test_nothing_of_the_lead_is_left_in_the_spool_once_it_was_delivered(
    engine: Engine, history_url: str, tmp_path: Path
) -> None:
    history = History(HistoryStore(history_url), 100, spool=Spool(tmp_path / "spool", 1_000_000))
    history.put(entry("L1", MS))
    forget(engine, "L1", MS + MINUTE)
    history.start()
    assert history.flush(10)
    assert not [path for path in (tmp_path / "spool").rglob("*") if path.is_file()]
    history.close(5)


def test_answer_that_waited_until_nobody_knew_whom_to_forget_is_not_written(engine: Engine, history_url: str) -> None:
    """A process that was gone for days left it, and others wrote in the meantime."""
    store, left, known = HistoryStore(history_url), entry("L1", MS - 1), entry("L2", MS - 1)
    store.add([known])
    forget(engine, "L1", MS)
    newer = entry("L2", MS + MS_PER_DAY + MINUTE)
    store.add([newer])
    assert everything(engine)["forgotten"][0].digest is None
    again = entry("L1", MS + MINUTE)
    assert store.add([left, known, again]) == 2
    assert store.of_lead("L1", 10) == [again]
    assert {one.score_id for one in store.of_lead("L2", 10)} >= {known.score_id, newer.score_id}
    store.close()


def test_writers_and_forgetting_at_once_leave_nothing(engine: Engine, history_url: str) -> None:
    store = HistoryStore(history_url)

    def write(step: int) -> None:
        for attempt in range(50):
            try:
                store.add([entry("L1", MS - step), entry("L2", MS - step)])
            except HistoryError:  # as the writer does
                if attempt == 49:
                    raise
            else:
                return

    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(write, step) for step in range(40)]
        forget(engine, "L1", MS)
        for one in writing:
            one.result()
    assert store.of_lead("L1", 100) == []
    assert len(store.of_lead("L2", 100)) == 43
    store.close()


def test_nothing_of_the_lead_is_left_in_the_file(tmp_path: Path) -> None:
    url, secret = f"sqlite:///{tmp_path}/history.db", "a-very-special-lead"
    store, outcomes, engine = HistoryStore(url), OutcomeStore(url), open_engine(url)
    store.prepare()
    store.add([entry(secret, MS + step) for step in range(200)])
    outcomes.record([Outcome(secret, "lost", MS, MS, lost_reason="a very private reason")])
    assert store.of_lead(secret, 1), "a service that runs beside it has read and written"
    forget(engine, secret, MS)
    files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert {"history.db", "history.db-wal"} <= files.keys()
    for content in files.values():
        assert secret.encode() not in content
        assert b"a very private reason" not in content
    for one in (store, outcomes):
        one.close()
    engine.dispose()


def test_command_tells_what_was_removed(
    caller: Caller, settings: ServiceSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead_id = REQUESTS["ja"]["lead"]["lead_id"]
    assert caller.post("/score", json=REQUESTS["ja"]).status_code == 200
    assert caller.get(f"/leads/{lead_id}/scores").status_code == 200
    monkeypatch.setenv("LEADS_DATABASE_URL", settings.database_url)
    told = CliRunner().invoke(app, ["forget", lead_id])
    assert (told.exit_code, "scores 1, shadow scores 0, outcomes 0" in told.stderr) == (0, True), told.stderr
    assert lead_id not in told.stderr
    assert caller.get(f"/leads/{lead_id}/scores").status_code == 404
    again = CliRunner().invoke(app, ["forget", "-", "--language", "ja"], input=f"{lead_id}\n")
    assert (again.exit_code, "保存データはありません" in again.stderr) == (1, True)


def test_command_needs_a_lead() -> None:
    assert CliRunner().invoke(app, ["forget", " "]).exit_code == 2
