"""A service that has run here starts, and scores, while MLflow is away."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from models.conversion import ConversionModel
from serving.examples import REQUESTS
from tests.serving.killed_scoring import closed_port
from tests.serving.process import Running, serving
from tests.serving.small_model import register_model
from training.tracking.store_location import StoreLocation

START_SECONDS = 10
"""Less than a start waits for the registry, and enough where tests run beside each other."""


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        yield server.getsockname()[1]


@contextmanager
def refusing() -> Iterator[int]:
    yield closed_port()


@pytest.fixture
def asked(tmp_path: Path, registry: StoreLocation, model: ConversionModel) -> dict[str, object]:
    """What a service answered that had the registry."""
    register_model(model, registry)
    with serving(tmp_path) as running:
        answer = running.client.post("/score", json=REQUESTS["en"]).json()
        assert running.client.get("/model").json()["source"] == "registry"
        running.stop()
    return kept_parts(answer)


def kept_parts(answer: dict[str, object]) -> dict[str, object]:
    return {name: part for name, part in answer.items() if name not in ("score_id", "scored_at")}


@pytest.mark.parametrize("away", [silent, refusing])
def test_what_served_last_serves_while_mlflow_is_away(asked: dict[str, object], tmp_path: Path, away: object) -> None:
    assert callable(away)
    with away() as port, serving(tmp_path, MLFLOW_TRACKING_URI=f"http://127.0.0.1:{port}") as running:
        answered = running.client.post("/score", json=REQUESTS["en"])
        assert (answered.status_code, kept_parts(answered.json())) == (200, asked)
        told = running.client.get("/readyz")
        assert (told.status_code, told.json()["model"]["source"], told.json()["registry"]) == (200, "cache", "away")
        metrics = running.client.get("/metrics").text
        assert "leads_model_from_cache 1.0" in metrics
        assert "leads_registry_away 1.0" in metrics
        assert running.client.get("/model").json()["source"] == "cache"
        assert sources(running) == ["cache"]
        assert start_seconds(running) < START_SECONDS
        running.stop()


def start_seconds(running: Running) -> float:
    begun, ended = (
        next(datetime.fromisoformat(line["timestamp"]) for line in running.log if line["event"] == event)
        for event in ("Waiting for application startup.", "started")
    )
    return (ended - begun).total_seconds()


def sources(running: Running) -> list[str]:
    return [line["source"] for line in running.log if line["event"] == "champion"]
