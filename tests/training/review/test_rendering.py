"""A notebook becomes a page, or the command says which cell failed and leaves the page as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def render(folder: Path, code: str, language: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a notebook with a text in both languages and one cell."""
    texts = [("en", "# Both\n\nin English"), ("ja", "# 両方\n\n日本語で")]
    cells: list[dict[str, object]] = [
        {"cell_type": "markdown", "id": tag, "metadata": {"tags": [tag]}, "source": text} for tag, text in texts
    ]
    cells.append({"cell_type": "code", "id": "code", "metadata": {}, "source": code, "outputs": []})
    cells[-1]["execution_count"] = None
    notebook = folder / "small.ipynb"
    notebook.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    command = [sys.executable, "-m", "training.review", str(notebook), "--reports", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANGUAGE": language}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_page_is_in_one_language_and_needs_nothing_else(tmp_path: Path) -> None:
    done = render(tmp_path, "6 * 7", "ja")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "small.html").read_text(encoding="utf-8")
    assert "<title>両方</title>" in page
    assert "42" in page
    assert "in English" not in page
    assert "http" not in page
    assert "@font-face" in page


def test_failing_cell_is_named_and_the_old_page_stays(tmp_path: Path) -> None:
    (tmp_path / "small.html").write_text("the page of an earlier run")
    done = render(tmp_path, "1 / 0", "en")
    assert done.returncode == 1
    assert "ZeroDivisionError: division by zero in the cell\n1 / 0" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "small.html").read_text() == "the page of an earlier run"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.html", "small.ipynb"]
