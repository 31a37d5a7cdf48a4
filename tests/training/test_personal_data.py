"""People are planted into a CRM; after training they must be in nothing that was written."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.training.planted_people import NEEDLES, write_planted

LEADS = 700


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Train in a folder of its own; return all that came of it: files, rows of the database, and what was said."""
    folder = tmp_path_factory.mktemp("personal")
    write_planted(folder / "crm", LEADS)
    workplace = folder / "workplace"
    workplace.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "MLFLOW_TRACKING_URI"}
    command = [sys.executable, "-m", "training", "train", str(folder / "crm")]
    done = subprocess.run(command, cwd=workplace, env=environment, capture_output=True, check=True)
    files = {str(path.relative_to(workplace)): path.read_bytes() for path in workplace.rglob("*") if path.is_file()}
    rows = _rows(workplace / ".mlflow" / "tracking.db")
    return files | {"rows of the database": rows, "said": done.stdout, "warned": done.stderr}


def _rows(database: Path) -> bytes:
    with closing(sqlite3.connect(database)) as store:
        return "\n".join(store.iterdump()).encode()


def test_training_wrote_a_model_a_report_and_a_record(written: dict[str, bytes]) -> None:
    endings = {name.rpartition("/")[2].rpartition(".")[2] for name in written}
    assert {"html", "json", "txt", "db"} <= endings
    assert b"lead-conversion" in written["rows of the database"]


@pytest.mark.parametrize("needle", NEEDLES)
def test_planted_person_is_in_nothing_that_training_wrote(written: dict[str, bytes], needle: str) -> None:
    spellings = [needle.encode(), json.dumps(needle).strip('"').encode()]
    found = [name for name, content in written.items() for spelling in spellings if spelling in content.lower()]
    assert found == []
    assert not [name for name in written if needle in name.lower()]
