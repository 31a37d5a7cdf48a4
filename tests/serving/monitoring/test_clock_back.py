import json
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from features.arrays import FloatArray
from features.instant import iso
from models.conversion import ConversionModel
from serving.__main__ import app
from tests.serving.monitoring.simulated_use import DAY, END_MS, Use, fill
from tests.serving.small_model import register_model
from training.tracking.store_location import StoreLocation

HOUR = DAY // 24


def test_watch_looks_at_what_a_clock_put_back_has_come_to(
    registry: StoreLocation,
    engine: Engine,
    watched: ConversionModel,
    pool: FloatArray,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    register_model(watched, registry)
    fill(engine, watched, pool, Use(1, leads=250, months=5, version="1"))
    answers = []
    for now_ms in (END_MS, END_MS - HOUR, END_MS - 200 * DAY):
        with patch("time.time_ns", lambda now_ms=now_ms: now_ms * 1_000_000):
            done = CliRunner().invoke(app, ["monitor", "--out", "m.html"], env={"LEADS_DATABASE_URL": str(engine.url)})
        assert done.exit_code == 0, done.output
        content = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
        assert content["period"]["until"] == iso(now_ms)
        assert content["figures"]["model_age_days"] >= 0
        answers.append(content["answers"])
    assert answers[0] > answers[1] > answers[2] == 0
