"""The examples of schedules call what there is."""

import re
from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).parents[3]
TARGETS = frozenset(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", ["retrain.yml", "retrain.cron"])
def test_example_calls_targets_that_there_are(name: str) -> None:
    text = (CHECKOUT / "examples" / name).read_text(encoding="utf-8")
    called = re.findall(r"\bmake (?:--silent )?([a-z-]+)", text)
    assert "train" in called
    assert set(called) <= TARGETS


def test_workflow_trains_on_a_schedule_and_one_at_a_time() -> None:
    workflow = yaml.safe_load((CHECKOUT / "examples" / "retrain.yml").read_text(encoding="utf-8"))
    triggers = workflow[True]  # YAML 1.1 reads the key "on" as true
    assert triggers["schedule"] == [{"cron": "15 3 1 * *"}]
    assert workflow["concurrency"] == "retrain"
