from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, insert, inspect, select, text

from serving import migrations
from serving.history_entry import CHAMPION, SHADOW, HistoryEntry
from serving.history_store import HistoryError, HistoryStore
from serving.migrations import VERSION_TABLE
from serving.prepared_insert import PreparedInsert
from serving.score_id import new_score_id
from serving.store_tables import METADATA, SCORES

MS = 1_795_300_000_123


def entry(lead_id: str = "L1", scored_at_ms: int = MS, probability: float | None = 0.2314) -> HistoryEntry:
    return HistoryEntry(
        score_id=new_score_id(scored_at_ms),
        lead_id=lead_id,
        as_of_ms=scored_at_ms - 7,
        scored_at_ms=scored_at_ms,
        method="model",
        probability=probability,
        score=88,
        grade="A",
        gates="needs_discovery",
        route="discover",
        model_name="lead-conversion",
        model_version="7",
    )


_REST = ["model", 1 / 3, 88, "A", "needs_discovery", "discover", "lead-conversion", "7"]
"""The columns of a score from its method to the version of the model."""


@pytest.fixture
def store(history_url: str) -> HistoryStore:
    store = HistoryStore(history_url)
    store.prepare()
    return store


def test_answers_come_back_as_they_were_newest_first(store: HistoryStore) -> None:
    entries = [entry(scored_at_ms=MS + step, probability=None if step else 1 / 3) for step in range(5)]
    store.add([*entries, entry("L2"), entry("佐藤 🎌 'quoted'")])
    assert store.of_lead("L1", 10) == entries[::-1]
    assert store.of_lead("L1", 2) == entries[:2:-1]
    assert store.of_lead("L1", 10, before=entries[2].score_id) == entries[1::-1]
    assert len(store.of_lead("佐藤 🎌 'quoted'", 10)) == 1
    assert store.of_lead("L3", 10) == []
    store.close()


def test_rows_are_written_as_the_library_itself_writes_them(store: HistoryStore, history_url: str) -> None:
    rows = [
        dict(zip(SCORES.c.keys(), row, strict=True))
        for row in (
            ["01", "佐藤 🎌 'quoted' %s :x ?", MS - 7, MS, *_REST, "champion", None, None],
            ["02", "L2", MS, MS + 1, "rules", None, *_REST[2:], "shadow", 90, b"\x00\xff"],
        )
    ]
    engine, columns = create_engine(history_url), select(SCORES).order_by(SCORES.c.score_id)
    with engine.begin() as connection:
        connection.execute(insert(SCORES), rows)
        theirs = connection.execute(columns).all()
        connection.execute(SCORES.delete())
        prepared = PreparedInsert(SCORES, engine.dialect)
        values = [[row[name] for name in prepared.names] for row in rows]
        prepared.execute(connection, values)
        prepared.execute(connection, values)  # those that are there stay
        assert connection.execute(columns).all() == theirs
    engine.dispose()
    store.close()


def test_writing_again_after_a_doubtful_end_doubles_nothing(store: HistoryStore) -> None:
    one = entry()
    store.add([one])
    store.add([one, entry("L2")])
    assert len(store.of_lead("L1", 10)) == len(store.of_lead("L2", 10)) == 1
    store.close()


def test_steps_from_nothing_make_the_declared_table(store: HistoryStore, history_url: str) -> None:
    engine = create_engine(history_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []
        assert "alembic_version" not in inspect(connection).get_table_names(), "that one is MLflow's"
    engine.dispose()
    store.close()


def test_taking_the_steps_again_keeps_the_answers(store: HistoryStore) -> None:
    store.add([entry()])
    store.prepare()
    assert len(store.of_lead("L1", 10)) == 1
    store.close()


def test_answers_from_before_a_step_are_kept_as_the_champions(store: HistoryStore, history_url: str) -> None:
    store.add([replace(entry("L1"), horizon_days=90), replace(entry("L1", MS + 1), role=SHADOW)])
    engine = create_engine(history_url)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    assert set(inspect(engine).get_table_names()) == {"lead_scores", VERSION_TABLE}
    engine.dispose()
    store.prepare()
    [kept] = store.of_lead("L1", 10)
    assert (kept.role, kept.horizon_days) == (CHAMPION, None)
    store.close()


def test_what_the_challenger_said_is_no_part_of_a_leads_history(store: HistoryStore) -> None:
    told = entry()
    store.add([told, replace(entry("L1", MS + 1), role=SHADOW)])
    assert store.of_lead("L1", 10) == [told]
    store.close()


def begin(url: str) -> int:
    store = HistoryStore(url)
    for attempt in range(50):
        try:
            store.prepare()
            store.add([entry()])
        except HistoryError:
            continue  # as the writer does
        store.close()
        return attempt
    raise TimeoutError


def test_services_that_start_at_once_agree(history_url: str) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(begin, [history_url] * 2))
    store = HistoryStore(history_url)
    assert len(store.of_lead("L1", 10)) == 2
    store.close()


def test_step_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    store = HistoryStore(f"sqlite:///{tmp_path}/history.db")
    engine = create_engine(f"sqlite:///{tmp_path}/history.db")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE taken (x)"))
        connection.execute(
            text("CREATE INDEX lead_scores_by_lead ON taken (x)")
        )  # the second thing that the step makes
    with pytest.raises(HistoryError, match="already exists"):
        store.prepare()
    assert inspect(engine).get_table_names() == ["taken"]
    engine.dispose()
    store.close()


def test_database_that_lost_its_table_does_not_answer(store: HistoryStore, history_url: str) -> None:
    store.ask()
    engine = create_engine(history_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE lead_scores RENAME TO away"))
    engine.dispose()
    with pytest.raises(HistoryError, match="lead_scores"):
        store.ask()
    store.close()


def test_faults_do_not_quote_what_was_to_be_written(store: HistoryStore, history_url: str) -> None:
    engine = create_engine(history_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE lead_scores"))
    engine.dispose()
    with pytest.raises(HistoryError, match="lead_scores") as failed:
        store.add([entry("a lead's secret")])
    assert "secret" not in str(failed.value)
    store.close()
