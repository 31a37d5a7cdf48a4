import json
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from features.arrays import FloatArray
from features.instant import iso
from models.conversion import ConversionModel
from serving.__main__ import app
from serving.app import create_app
from serving.monitoring.figure_store import newest_figures
from serving.monitoring.figures import ABOUT
from serving.settings import ServiceSettings
from tests.serving.caller import calling
from tests.serving.monitoring.simulated_use import DAY, END_MS, Use, fill
from tests.serving.small_model import register_model
from training.tracking.store_location import StoreLocation

UNTIL = iso(END_MS)


def run(engine: Engine, *arguments: str, **environment: str) -> Result:
    settings = {"LEADS_DATABASE_URL": str(engine.url), "LEADS_TIME_ZONE": "Asia/Tokyo", **environment}
    return CliRunner().invoke(app, ["monitor", *arguments], env=settings)


@pytest.fixture
def registered(
    registry: StoreLocation, watched: ConversionModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> StoreLocation:
    monkeypatch.chdir(tmp_path)
    register_model(watched, registry)
    return registry


@pytest.mark.usefixtures("registered")
def test_quiet_year_ends_well_and_its_figures_stand_on_the_services_metrics(
    engine: Engine, watched: ConversionModel, pool: FloatArray, tmp_path: Path
) -> None:
    fill(engine, watched, pool, Use(1, leads=250, months=5, version="1"))
    done = run(engine, "--until", UNTIL, "--out", "made/monitor.html")
    assert done.exit_code == 0, done.output
    assert "Nothing needs a person." in done.stderr
    content = json.loads((tmp_path / "made" / "monitor.json").read_text(encoding="utf-8"))
    assert content["needs_person"] is False
    assert set(content["figures"]) == set(ABOUT)
    found = newest_figures(engine)
    assert found is not None
    assert (found.until_ms, found.values) == (END_MS, content["figures"])
    settings = ServiceSettings(
        method="rules", database_url=str(engine.url), keys_file=tmp_path / "keys.jsonl", shadow=False
    )
    with calling(create_app(settings)) as caller:
        text = caller.get("/metrics").text
    for name, value in {**content["figures"], "until_seconds": END_MS / 1000}.items():
        [told] = [line.split()[1] for line in text.splitlines() if line.startswith(f"leads_monitor_{name} ")]
        assert float(told) == pytest.approx(value)


@pytest.mark.usefixtures("registered")
def test_drift_is_told_with_what_to_do_in_the_language_asked_for(
    engine: Engine, watched: ConversionModel, pool: FloatArray, tmp_path: Path
) -> None:
    fill(engine, watched, pool, Use(2, leads=250, months=5, is_reversed=True, version="1"))
    done = run(engine, "--until", UNTIL, "--out", "m.html", LANGUAGE="ja")
    assert done.exit_code == 1
    assert "再学習" in done.stderr
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert '<html lang="ja">' in page
    assert "▲ 要対応" in page
    alarms = [check for check in json.loads((tmp_path / "m.json").read_text())["checks"] if check["state"] == "alarm"]
    assert {alarm["name"] for alarm in alarms} >= {"ranking", "grades"}
    assert all(alarm["next_step"]["en"].endswith(".") for alarm in alarms)


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--until", "yesterday"), "--until must be a time in ISO 8601"),
        (("--since", "2026-02-30"), "--since must be a day that exists"),
        (("--since", "2027-01-01", "--until", "2026-01-01"), "--since must lie before --until"),
        (("--out", "page.pdf"), "must end with .html"),
        (("--out", "/proc/there/m.html"), "cannot be"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    engine: Engine, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = run(engine, *arguments)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())
    assert not list(tmp_path.rglob("*.html"))


def test_rules_have_no_probability_to_watch(engine: Engine) -> None:
    done = run(engine, LEADS_METHOD="rules")
    assert (done.exit_code, "no probability" in done.stderr) == (2, True)


@pytest.mark.usefixtures("registry")
def test_no_model_is_told_with_what_to_do(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(engine)
    assert (done.exit_code, "run `make train`" in done.stderr) == (3, True)


@pytest.mark.usefixtures("registered")
def test_database_that_is_away_is_told_and_the_last_page_stays(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "m.html").write_text("before", encoding="utf-8")
    away = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    done = run(engine, "--out", "m.html", LEADS_DATABASE_URL=away)
    assert (done.exit_code, "does not answer" in done.stderr) == (3, True)
    assert (tmp_path / "m.html").read_text(encoding="utf-8") == "before"


def test_later_figures_are_not_overtaken_by_a_look_at_the_past(
    registered: StoreLocation, engine: Engine, watched: ConversionModel, pool: FloatArray
) -> None:
    del registered
    fill(engine, watched, pool, Use(3, leads=20, months=2, version="1"))
    for until_ms in (END_MS, END_MS - 30 * DAY, END_MS):
        assert run(engine, "--until", iso(until_ms)).exit_code == 0
    found = newest_figures(engine)
    assert found is not None
    assert found.until_ms == END_MS
