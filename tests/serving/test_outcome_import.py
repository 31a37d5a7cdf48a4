from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from features.data_end import data_end_ms
from features.instant import MS_PER_DAY
from features.outcomes import lead_outcomes
from features.reading import read_tables
from features.tables import Tables
from serving.__main__ import app
from serving.crm_outcomes import crm_outcomes
from serving.outcome import Outcome
from serving.outcome_import import import_outcomes
from serving.outcome_store import OutcomeStore

DAY = MS_PER_DAY
NOW_MS = int(pd.Timestamp("2026-11-01", tz="UTC").timestamp() * 1000)


def ms(day: str) -> int:
    return int(pd.Timestamp(day, tz="UTC").timestamp() * 1000)


def lead(lead_id: str, outcome: str | None = None, closed_at: str | None = None) -> dict[str, Any]:
    return {"lead_id": lead_id, "created_at": "2026-01-01", "outcome": outcome, "closed_at": closed_at}


def deal(lead_id: str, number: int, outcome: str, closed_at: str | None, **more: Any) -> dict[str, Any]:
    own = {"deal_id": f"{lead_id}/{number}", "lead_id": lead_id, "created_at": f"2026-0{number}-02"}
    return {**own, "outcome": outcome, "closed_at": closed_at, **more}


@pytest.fixture
def tables() -> Tables:
    leads = [
        lead("won", "lost", "2026-02-02"),
        lead("lost twice"),
        lead("won again"),
        lead("open"),
        lead("no deal", "lost", "2026-03-04") | {"lost_reason": "budget"},
        lead("undated", "won"),
        lead("x" * 201, "lost", "2026-03-04"),
        lead("next year", "won", "2027-03-04"),
    ]
    deals = [
        deal("won", 1, "won", "2026-04-05", amount=1200.0, currency="jpy"),
        deal("lost twice", 1, "lost", "2026-01-20", lost_reason="price"),
        deal("lost twice", 2, "lost", "2026-05-05"),
        deal("won again", 1, "lost", "2026-01-20"),
        deal("won again", 2, "won", "2026-06-06", amount=5.0, currency="円"),
        deal("open", 1, "lost", "2026-01-20"),
        deal("open", 2, "open", None),
    ]
    return Tables.from_frames(
        time_zone="UTC", leads=pd.DataFrame(leads, dtype=object), deals=pd.DataFrame(deals, dtype=object)
    )


def test_export_tells_outcomes_as_training_labels_them(tables: Tables) -> None:
    found = crm_outcomes(tables, NOW_MS)
    by_lead = {one.lead_id: one for one in found.decided}
    assert by_lead["won"] == Outcome("won", "won", ms("2026-04-05"), NOW_MS, 1200.0, "JPY")
    assert by_lead["lost twice"] == Outcome("lost twice", "lost", ms("2026-01-20"), NOW_MS, lost_reason="price")
    assert by_lead["won again"] == Outcome("won again", "won", ms("2026-06-06"), NOW_MS, 5.0, None)
    assert by_lead["no deal"] == Outcome("no deal", "lost", ms("2026-03-04"), NOW_MS, lost_reason="budget")
    assert by_lead.keys() == {"won", "lost twice", "won again", "no deal"}
    assert (found.open_ids, found.undated, found.unusable) == (("open", "next year"), 1, 1)


def test_sample_has_an_outcome_for_each_decided_lead_and_deals_amounts(crm: Path) -> None:
    tables = read_tables(str(crm))
    end_ms = data_end_ms(tables)
    found = crm_outcomes(tables, end_ms)
    expected = lead_outcomes(tables, end_ms)["outcome"].value_counts()
    assert len(found.decided) == expected["won"] + expected["lost"]
    assert len(found.open_ids) == expected["open"]
    assert any(one.amount for one in found.decided if one.outcome == "won")


@pytest.fixture
def store(history_url: str) -> Iterator[OutcomeStore]:
    store = OutcomeStore(history_url)
    yield store
    store.close()


def counts(store: OutcomeStore, tables: Tables, *, replaced: bool = False) -> dict[str, int]:
    return dict(import_outcomes(store, crm_outcomes(tables, NOW_MS), lambda _: None, replace=replaced).counts)


def test_same_export_twice_changes_nothing(store: OutcomeStore, tables: Tables) -> None:
    assert counts(store, tables) == {"new": 4, "newer": 0}
    assert counts(store, tables) == {"same": 4, "newer": 0}


def test_export_that_keeps_days_only_agrees_with_the_time_that_was_reported(
    store: OutcomeStore, tables: Tables
) -> None:
    reported = Outcome("won", "won", ms("2026-04-05") + DAY - 1, NOW_MS)
    store.record([reported])
    assert counts(store, tables)["completed"] == 1
    assert store.all_of(["won"])["won"] == replace(reported, amount=1200.0, currency="JPY")


def disagreeing(store: OutcomeStore) -> list[Outcome]:
    ends = [Outcome("won", "lost", ms("2026-04-05"), NOW_MS), Outcome("open", "lost", ms("2026-01-20"), NOW_MS)]
    store.record(ends)
    return ends


def test_disagreements_are_listed_and_the_rest_is_stored(store: OutcomeStore, tables: Tables) -> None:
    ends = disagreeing(store)
    tally = import_outcomes(store, crm_outcomes(tables, NOW_MS), lambda _: None, replace=False)
    told = {one.stored.lead_id: one.crm and one.crm.outcome for one in tally.disagreements}
    assert told == {"won": "won", "open": None}
    assert tally.counts["new"] == 3
    assert store.all_of(["won", "open"]) == {one.lead_id: one for one in ends}


def test_crm_is_right_where_it_is_said_to_be(store: OutcomeStore, tables: Tables) -> None:
    disagreeing(store)
    tally = import_outcomes(store, crm_outcomes(tables, NOW_MS), lambda _: None, replace=True)
    assert (tally.counts["replaced"], tally.counts["removed"], tally.disagreements) == (1, 1, [])
    assert store.all_of(["won", "open"])["won"].outcome == "won"
    assert counts(store, tables) == {"same": 4, "newer": 0}


@pytest.mark.parametrize("replaced", [True, False])
def test_export_says_nothing_of_what_ended_after_it(store: OutcomeStore, tables: Tables, *, replaced: bool) -> None:
    ends = [Outcome(lead_id, "won", ms("2026-07-01"), NOW_MS) for lead_id in ("lost twice", "open")]
    store.record(ends)
    tally = import_outcomes(store, crm_outcomes(tables, NOW_MS), lambda _: None, replace=replaced)
    assert (tally.counts["newer"], tally.counts["new"], tally.disagreements) == (1, 3, [])
    assert store.all_of(["lost twice", "open"]) == {one.lead_id: one for one in ends}


def test_command_lists_contradictions_ends_with_1_and_then_follows_the_crm(
    crm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/history.db"
    monkeypatch.setenv("LEADS_DATABASE_URL", url)
    first = CliRunner().invoke(app, ["outcomes", str(crm)])
    assert (first.exit_code, "contradictions 0" in first.stderr) == (0, True), first.stderr
    found = crm_outcomes(read_tables(str(crm)), NOW_MS)
    won = next(one for one in found.decided if one.outcome == "won")
    store = OutcomeStore(url)
    store.record([replace(won, outcome="lost")], replace=True)
    second = CliRunner().invoke(app, ["outcomes", str(crm), "--language", "ja"])
    assert second.exit_code == 1
    for expected in (won.lead_id, "不一致1件", "REPLACE=1"):
        assert expected in second.stderr
    assert store.all_of([won.lead_id])[won.lead_id].outcome == "lost"
    assert CliRunner().invoke(app, ["outcomes", str(crm), "--replace"]).exit_code == 0
    assert store.all_of([won.lead_id])[won.lead_id].outcome == "won"
    store.close()


@pytest.mark.parametrize(
    ("source", "url", "code", "told"),
    [
        ("nowhere", "sqlite:///{folder}/h.db", 2, "no outcome was stored"),
        ("{crm}", "postgresql+psycopg://ann:s3cret@127.0.0.1:1/x", 3, "does not answer"),
    ],
)
def test_command_that_cannot_says_why(source: str, url: str, code: int, told: str, crm: Path, tmp_path: Path) -> None:
    environment = {"LEADS_DATABASE_URL": url.format(folder=tmp_path)}
    ended = CliRunner().invoke(app, ["outcomes", source.format(crm=crm)], env=environment)
    assert (ended.exit_code, told in ended.stderr) == (code, True), ended.stderr
    assert "s3cret" not in ended.stderr
