from pathlib import Path

import pytest

from training.tracking.store_location import StoreLocation


def test_runs_are_kept_under_the_working_folder_unless_told_otherwise(tmp_path: Path) -> None:
    location = StoreLocation.of(tmp_path, {"MLFLOW_TRACKING_URI": " "})
    assert location.database == tmp_path / ".mlflow" / "tracking.db"
    assert location.artifacts == tmp_path / ".mlflow" / "artifacts"


@pytest.mark.parametrize(
    ("uri", "database"), [("sqlite:///runs/a.db", "runs/a.db"), ("sqlite:////data/a.db", "/data/a.db")]
)
def test_sqlite_file_keeps_its_artifacts_beside_it(tmp_path: Path, uri: str, database: str) -> None:
    location = StoreLocation.of(tmp_path, {"MLFLOW_TRACKING_URI": uri})
    assert location.database == tmp_path / database
    assert location.artifacts == (tmp_path / database).parent / "artifacts"


def test_database_server_keeps_numbers_and_the_working_folder_keeps_files(tmp_path: Path) -> None:
    location = StoreLocation.of(tmp_path, {"MLFLOW_TRACKING_URI": "postgresql+psycopg://ann:s3cret@db/mlflow"})
    assert location.artifacts == tmp_path / ".mlflow" / "artifacts"


def test_server_decides_itself_where_files_are_kept(tmp_path: Path) -> None:
    location = StoreLocation.of(tmp_path, {"MLFLOW_TRACKING_URI": "https://mlflow.example.com"})
    assert (location.database, location.artifacts) == (None, None)


def test_password_is_not_printed_with_a_location(tmp_path: Path) -> None:
    assert "s3cret" not in repr(StoreLocation.of(tmp_path, {"MLFLOW_TRACKING_URI": "https://ann:s3cret@host"}))
