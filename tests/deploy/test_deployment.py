"""What deploy/ says of the service is true of the service."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from serving.metrics import Metrics
from serving.settings import ServiceSettings
from serving.settings_table import settings_table

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
DEPLOYED = [DEPLOY / "Dockerfile", DEPLOY / "compose.yaml", DEPLOY / "lead-scoring.service"]


def _metric_names(text: str) -> set[str]:
    return set(re.findall(r"\bleads_[a-z_]+", text))


def _known_metrics() -> set[str]:
    metrics = Metrics()
    metrics.answered("POST", "/score", 200, 0.001)
    metrics.scored("model", "A")
    return _metric_names(metrics.text().decode())


def _alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_every_metric_watched_is_one_of_the_service() -> None:
    dashboard = (DEPLOY / "grafana" / "lead-scoring.json").read_text(encoding="utf-8")
    watched = _metric_names(dashboard) | _metric_names(" ".join(rule["expr"] for rule in _alerts()))
    assert watched
    assert not watched - _known_metrics()


def test_every_alert_says_what_to_do() -> None:
    for rule in _alerts():
        assert rule["annotations"]["next_step"].endswith("."), rule["alert"]


def test_panels_of_the_dashboard_do_not_overlap() -> None:
    panels = json.loads((DEPLOY / "grafana" / "lead-scoring.json").read_text(encoding="utf-8"))["panels"]
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("file", DEPLOYED, ids=lambda file: file.name)
def test_every_variable_set_is_a_setting(file: Path) -> None:
    known = {f"LEADS_{name.upper()}" for name in ServiceSettings.model_fields}
    assert not set(re.findall(r"\bLEADS_[A-Z_]+", file.read_text(encoding="utf-8"))) - known


def test_everything_copied_into_an_image_is_in_the_checkout() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    sources = [line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    assert sources
    assert not [source for source in sources if not (ROOT / source).exists()]


def test_table_of_settings_is_up_to_date() -> None:
    assert (DEPLOY / "SETTINGS.md").read_text(encoding="utf-8") == settings_table()


def test_every_setting_says_what_it_means() -> None:
    assert not [name for name, field in ServiceSettings.model_fields.items() if not field.description]
