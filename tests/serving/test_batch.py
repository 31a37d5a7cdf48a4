import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from pandas.testing import assert_frame_equal
from sqlalchemy import create_engine

from features.data_end import data_end_ms
from features.outcomes import lead_outcomes
from features.reading import read_tables
from features.snapshots import Snapshots
from features.tables import Tables
from features.wording import Language
from models.bant import PILLARS
from models.conversion import ConversionModel
from serving.app import create_app
from serving.batch import BatchRun, OutputError, WantedError, open_leads, score_all, wanted_snapshots
from serving.batch import run as batch_run
from serving.champion import Champion
from serving.company_rules import scorer_maker
from serving.settings import ServiceSettings
from tests.serving.caller import calling

UTC = ZoneInfo("UTC")
BY_RULES = {"LEADS_METHOD": "rules"}


@pytest.fixture(scope="session")
def tables(crm: Path) -> Tables:
    return read_tables(str(crm))


@pytest.fixture
def champion(model: ConversionModel) -> Champion:
    return Champion(scorer_maker(ServiceSettings())(model), "lead-conversion", "7", 1_795_000_000_000, model)


@pytest.fixture
def run(tables: Tables, champion: Champion, tmp_path: Path) -> BatchRun:
    return BatchRun(tables, open_leads(tables), champion, "en", str(tmp_path / "scores.parquet"))


def scored(run: BatchRun) -> pd.DataFrame:
    counts: list[int] = []
    score_all(run, counts.append)
    assert sum(counts) == len(run.snapshots)
    return pd.read_parquet(run.out)


def test_open_leads_are_those_that_training_calls_undecided(tables: Tables) -> None:
    end_ms = data_end_ms(tables)
    assert data_end_ms(tables) == end_ms
    undecided = lead_outcomes(tables, end_ms)["outcome"] == "open"
    assert open_leads(tables).lead.tolist() == np.flatnonzero(undecided).tolist()


def test_scores_are_whole_and_add_up(run: BatchRun) -> None:
    frame = scored(run)
    assert frame["lead_id"].is_unique
    assert len(frame) == len(run.snapshots)
    assert frame["score"].between(1, 99).all()
    for probability, text in zip(frame["probability"], frame["reasons_json"], strict=True):
        why = json.loads(text)
        parts = sum(reason["contribution_log_odds"] for reason in why["reasons"])
        assert_allclose(why["base_log_odds"] + parts + why["other_log_odds"], why["log_odds"], atol=1e-6)
        assert_allclose(1 / (1 + np.exp(-why["log_odds"])), probability, atol=1e-6)


def test_parts_and_processes_change_nothing(run: BatchRun, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = scored(run)
    monkeypatch.setattr(batch_run, "PART_ROWS", 7)
    monkeypatch.setattr(batch_run, "_WORTH_PROCESSES", 1)
    assert_frame_equal(scored(run), at_once)


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz"])
def test_csv_holds_the_same_numbers_to_the_last_bit(run: BatchRun, suffix: str) -> None:
    frame = scored(run)
    out = run.out.removesuffix(".parquet") + suffix
    score_all(replace(run, out=out), lambda _: None)
    read = pd.read_csv(out, dtype={"lead_id": "str", "model_version": "str"})
    assert read["probability"].tolist() == frame["probability"].tolist()
    assert pd.to_datetime(read["as_of"]).tolist() == frame["as_of"].tolist()
    assert list(read) == list(frame)


def test_list_of_open_leads_begins_with_the_likeliest(run: BatchRun) -> None:
    for out in (run.out, run.out.removesuffix(".parquet") + ".csv"):
        score_all(replace(run, out=out, best_first=True), lambda _: None)
    frame, listed = pd.read_parquet(run.out), pd.read_csv(run.out.removesuffix(".parquet") + ".csv")
    assert frame["probability"].is_monotonic_decreasing
    assert listed["lead_id"].tolist() == frame["lead_id"].tolist()
    assert sorted(frame["lead_id"]) == sorted(scored(run)["lead_id"])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_spreadsheet_shows_signs_and_questions_as_they_are(run: BatchRun, language: Language) -> None:
    out = Path(run.out.removesuffix(".parquet") + ".csv")
    score_all(replace(run, out=str(out), language=language), lambda _: None)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf"), "without this mark Excel shows other characters"
    for _, row in pd.read_csv(out, keep_default_na=False).iterrows():
        directions = [reason["direction"] for reason in json.loads(row["reasons_json"])["reasons"]]
        assert [mark for mark in row["reasons"] if mark in "▲▼"] == ["▲" if up == "up" else "▼" for up in directions]
        is_asked = any(row[f"gates_{pillar}"] == "unknown" for pillar in PILLARS)
        assert bool(row["questions"]) == is_asked


def test_table_of_a_database_is_replaced_as_a_whole(
    run: BatchRun, history_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new").mkdir()
    frame = scored(run).sort_values("lead_id")
    to_table = replace(run, out=f"{history_url}#scored leads")
    for _ in range(2):
        score_all(to_table, lambda _: None)
    engine = create_engine(history_url)
    read = pd.read_sql('SELECT * FROM "scored leads"', engine).sort_values("lead_id")
    engine.dispose()
    assert read["probability"].tolist() == frame["probability"].tolist()
    assert list(read) == list(frame)


def test_killed_run_leaves_the_old_file_and_goes_on_where_it_was(
    run: BatchRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = scored(run)
    Path(run.out).write_text("what was there before")
    monkeypatch.setattr(batch_run, "PART_ROWS", 20)

    def killed(_: int) -> None:
        raise KeyboardInterrupt("killed")

    with pytest.raises(KeyboardInterrupt, match="killed"):
        score_all(run, killed)
    assert Path(run.out).read_text() == "what was there before"
    [done] = list(run.parts_folder.glob("*.parquet"))
    finished_ns = done.stat().st_mtime_ns
    kept: list[int] = []
    score_all(run, lambda _: kept.append(done.stat().st_mtime_ns))
    assert set(kept) == {finished_ns}
    assert_frame_equal(pd.read_parquet(run.out), expected)
    assert [path.name for path in Path(run.out).parent.iterdir()] == ["scores.parquet"]


def test_parts_of_other_data_or_models_are_not_taken(run: BatchRun, champion: Champion) -> None:
    run.parts_folder.mkdir()
    others = [
        replace(run, champion=replace(champion, version="8")),
        replace(run, language="ja"),
        replace(run, snapshots=Snapshots(run.snapshots.lead, run.snapshots.as_of_ms - 1)),
        replace(run, tables=replace(run.tables, activities=run.tables.activities[1:])),
    ]
    assert len({other.parts_folder for other in (run, *others)}) == 5
    score_all(others[0], lambda _: None)
    assert not run.parts_folder.exists()


def snapshots_file(folder: Path, *rows: tuple[str, str]) -> Path:
    file = folder / "wanted.csv"
    pd.DataFrame(rows, columns=["lead_id", "as_of"]).to_csv(file, index=False)
    return file


def test_rows_of_the_file_are_scored_in_its_order(tables: Tables, run: BatchRun, tmp_path: Path) -> None:
    first, second = tables.leads["lead_id"].iloc[:2]
    file = snapshots_file(
        tmp_path, (second, "2026-05-01"), (first, "2026-05-02T09:00:00+09:00"), (second, "2026-04-01")
    )
    frame = scored(replace(run, snapshots=wanted_snapshots(file, tables, ZoneInfo("Asia/Tokyo"))))
    assert frame["lead_id"].tolist() == [second, first, second]
    assert frame["as_of"].dt.strftime("%d %H:%M").tolist() == ["30 15:00", "02 00:00", "31 15:00"]


def test_everything_wrong_with_the_file_is_told(tables: Tables, tmp_path: Path) -> None:
    file = snapshots_file(tmp_path, (tables.leads["lead_id"].iloc[0], "never"), ("Taro Sato", "2026-05-01"), ("", ""))
    with pytest.raises(
        WantedError, match="lead_id is not in the leads table in 2 of 3 rows, the first is row 3"
    ) as told:
        wanted_snapshots(file, tables, UTC)
    assert "as_of must be a time in ISO 8601" in str(told.value)
    assert "in 2 of 3 rows, the first is row 2" in str(told.value)
    assert "Taro" not in str(told.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [("id,when\n1,2\n", "needs the columns"), ("", "cannot be read"), (None, "cannot be read")],
)
def test_unusable_file_is_told(tables: Tables, tmp_path: Path, content: str | None, told: str) -> None:
    if content is not None:
        (tmp_path / "wanted.csv").write_text(content)
    with pytest.raises(WantedError, match=told):
        wanted_snapshots(tmp_path / "wanted.csv", tables, UTC)


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("scores.txt", "must end with"),
        ("nowhere/scores.csv", "cannot be written"),
        ("sqlite:///{folder}/x.db#leads", "holds something else"),
        ("sqlite:///{folder}/x.db#lead_scores", "holds something else"),
        ("postgresql+psycopg://ann:s3cret@127.0.0.1:1/x", "cannot be reached"),
        ("mysql://ann:s3cret@host/x", "SQLite or PostgreSQL|cannot be reached"),
        ("://", "cannot be reached"),
    ],
)
def test_place_that_cannot_take_scores_is_told_at_once(run: BatchRun, out: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=told) as refused:
        score_all(replace(run, out=out.format(folder=tmp_path)), lambda _: pytest.fail("worked"))
    assert "s3cret" not in str(refused.value)


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.drop(columns="lead_id", errors="ignore").astype(object).to_dict("records")
    return [{str(name): _json(cell) for name, cell in row.items() if pd.notna(cell)} for row in rows]


def _json(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, pd.Timestamp) else cell


def as_request(tables: Tables, row: int, as_of: str) -> dict[str, Any]:
    """The rows of a lead that share no company with another, as a request."""
    lead = tables.leads.iloc[row]

    histories = {
        name: plain(frame[frame["lead_id"] == lead["lead_id"]])
        for name in ("activities", "qualifications", "deals", "stage_history", "field_history")
        for frame in [getattr(tables, name)]
    }
    company = plain(tables.companies[tables.companies["company_id"] == lead["company_id"]])
    [own] = plain(tables.leads.iloc[[row]])
    return {
        "lead": own | {"lead_id": lead["lead_id"]},
        "company": next(iter(company), None),
        "as_of": as_of,
        **histories,
    }


def test_batch_and_http_give_the_same_answer(
    tables: Tables, run: BatchRun, champion: Champion, settings: ServiceSettings
) -> None:
    only_ones = ~tables.leads["company_id"].duplicated(keep=False).to_numpy()
    rows = np.flatnonzero(only_ones)[:25]
    snapshots = Snapshots(rows, np.full(len(rows), int(pd.Timestamp("2026-05-01", tz="UTC").timestamp() * 1000)))
    frame = scored(replace(run, snapshots=snapshots))
    application = create_app(settings)
    with calling(application) as caller:
        application.state.service.champion.current = champion
        bodies = [as_request(tables, int(row), "2026-05-01T00:00:00Z") for row in rows]
        results = caller.post("/score/batch", json={"leads": bodies}).json()["results"]
    assert [result.get("problem") for result in results] == [None] * len(rows)
    assert [result["probability"] for result in results] == frame["probability"].tolist()
    assert [result["explanation"] for result in results] == [*map(json.loads, frame["reasons_json"])]
    assert [result["gates"]["overall"] for result in results] == frame["gates_overall"].tolist()
