import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine, select
from sqlalchemy.engine import Row

from models.bant import GateRules
from models.calibration import Calibration
from models.conversion import ConversionModel
from models.lead_scorer import LeadScorer
from models.recommendation import Routes
from serving.answering import read_request
from serving.app import create_app
from serving.asked_lead import AskedLead
from serving.champion import Champion
from serving.examples import REQUESTS
from serving.history_entry import HistoryEntry
from serving.row_fields import Reading
from serving.service import Service
from serving.settings import ServiceSettings
from serving.shadow import MOST_ROWS, Shadow
from serving.store_tables import SCORES
from tests.serving.caller import Caller, calling
from tests.serving.small_model import register_model
from training.tracking.store_location import StoreLocation
from training.tracking.tracking_store import open_store

LEAD_ID = REQUESTS["ja"]["lead"]["lead_id"]
SECONDS = 10.0


class FailingRung:
    def answers(self, *_: object) -> list[Any]:
        raise RuntimeError("the challenger fails")

    def answer(self, *_: object) -> Any:
        raise RuntimeError("the challenger fails")


@pytest.fixture
def shadowed(
    settings: ServiceSettings,
    registry: StoreLocation,
    model: ConversionModel,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> FastAPI:
    """A service whose registry names a champion, and a challenger that thinks more of every lead."""
    register_model(model, registry)
    hopeful = replace(model, calibration=Calibration(model.calibration.intercept + 2.0, model.calibration.slope))
    version = register_model(hopeful, registry)
    open_store(registry).client.set_registered_model_alias("lead-conversion", "challenger", version)
    monkeypatch.chdir(tmp_path)
    return create_app(settings.model_copy(update={"method": "model", "shadow": True}))


@pytest.fixture
def caller(shadowed: FastAPI) -> Iterator[Caller]:
    with calling(shadowed) as made:
        yield made


def waited_for(told: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS
    while not told() and time.monotonic() < end:
        time.sleep(0.02)
    return told()


def request_with(rows: int) -> AskedLead:
    content = REQUESTS["en"] | {"as_of": None, "activities": [{"type": "call", "occurred_at": "2024-01-01"}] * rows}
    return read_request(content, Reading(ZoneInfo("UTC"), time.time_ns() // 1_000_000, rows))


def stored(settings: ServiceSettings) -> list[Row[Any]]:
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        rows = connection.execute(select(SCORES).order_by(SCORES.c.role)).all()
    engine.dispose()
    return [*rows]


def test_challenger_scores_the_same_lead_at_the_same_instant_and_nobody_is_told(
    caller: Caller, settings: ServiceSettings
) -> None:
    answered = caller.post("/score", json=REQUESTS["ja"]).json()
    assert caller.post("/score/batch", json={"leads": [REQUESTS["en"]]}).status_code == 200
    assert answered["model"]["version"] == "1"
    assert waited_for(lambda: caller.get(f"/leads/{LEAD_ID}/scores").status_code == 200 and len(stored(settings)) == 4)
    champion, shadow = (row for row in stored(settings) if row.lead_id == LEAD_ID)
    assert (champion.role, shadow.role) == ("champion", "shadow")
    assert (champion.as_of_ms, champion.scored_at_ms) == (shadow.as_of_ms, shadow.scored_at_ms)
    assert (champion.model_version, shadow.model_version) == ("1", "2")
    assert champion.horizon_days == shadow.horizon_days == 90
    assert shadow.probability > champion.probability
    history = caller.get(f"/leads/{LEAD_ID}/scores").json()
    assert [score["score_id"] for score in history["scores"]] == [answered["score_id"]]
    assert history["trend"] == "not_enough_info"


def test_challenger_that_fails_never_touches_an_answer(
    caller: Caller, shadowed: FastAPI, settings: ServiceSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    service: Service = shadowed.state.service
    assert service.shadow is not None
    failing = Champion(LeadScorer(FailingRung(), GateRules.load(), Routes.load()), "lead-conversion", "9")
    service.shadow.challenger.current = failing
    monkeypatch.setattr(service.shadow.challenger, "refresh", lambda: None)
    assert [caller.post("/score", json=REQUESTS["ja"]).status_code for _ in range(3)] == [200] * 3
    assert waited_for(lambda: b"leads_shadow_dropped_total 3.0" in service.metrics.text())
    assert len(caller.get(f"/leads/{LEAD_ID}/scores").json()["scores"]) == len(stored(settings)) == 3


def test_champion_is_not_scored_twice_once_the_challenger_took_its_place(
    caller: Caller, shadowed: FastAPI, registry: StoreLocation, settings: ServiceSettings
) -> None:
    service: Service = shadowed.state.service
    open_store(registry).client.set_registered_model_alias("lead-conversion", "champion", "2")
    assert waited_for(lambda: service.champion.current is not None and service.champion.current.version == "2")
    assert caller.post("/score", json=REQUESTS["ja"]).json()["model"]["version"] == "2"
    assert caller.get(f"/leads/{LEAD_ID}/scores").status_code == 200
    assert service.shadow is not None
    assert len(service.shadow) == 0
    assert [row.role for row in stored(settings)] == ["champion"]


def test_requests_beyond_what_may_wait_are_dropped_and_counted(shadowed: FastAPI) -> None:
    dropped: list[int] = []
    kept: list[HistoryEntry] = []
    service: Service = shadowed.state.service
    assert service.shadow is not None
    for holder in (service.champion, service.shadow.challenger):
        holder.refresh()
    shadow = Shadow(service.shadow.challenger, service.champion, kept.append, dropped.append)
    long = request_with(MOST_ROWS // 2 - 100)
    for _ in range(5):
        shadow.put(long, 0)
    assert (len(shadow), sum(dropped)) == (2, 3)
    shadow.start()
    shadow.close(SECONDS)
    assert len(kept) + sum(dropped) == 5


def test_service_without_the_setting_has_no_shadow(settings: ServiceSettings) -> None:
    assert create_app(settings).state.service.shadow is None
    assert create_app(settings.model_copy(update={"shadow": True})).state.service.shadow is None, "rules have no rival"
