"""Processes that count together; whether they do is decided when the library is imported, so each is a real one."""

import subprocess
import sys
from pathlib import Path

from serving.shared_metrics import SHARED_FOLDER
from tests.serving.process import environment

COUNT = "from serving.metrics import Metrics; one = Metrics(); one.history_waits({0}, 9); one.history_dropped({0})"


def run(folder: Path, code: str) -> str:
    settings = environment({SHARED_FOLDER: str(folder)})
    return subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, text=True, check=True).stdout


def test_what_a_process_counted_outlives_it_and_what_it_stated_does_not(tmp_path: Path) -> None:
    run(tmp_path, COUNT.format(5))
    told = run(tmp_path, f"{COUNT.format(2)}; print(one.text().decode())")
    assert "leads_history_waiting 2.0" in told
    assert "leads_history_dropped_total 7.0" in told
