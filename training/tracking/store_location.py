"""Where runs and model versions are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from models.registry_names import STORE_ARTIFACTS, STORE_DATABASE, STORE_FOLDER

URI_VARIABLE: Final = "MLFLOW_TRACKING_URI"


@dataclass(frozen=True, slots=True)
class StoreLocation:
    """A file beside the project, a team's database, or its MLflow server.

    Attributes
    ----------
    uri : str
        As MLflow takes it. May hold a password, so it is never printed as it is.
    database : pathlib.Path or None
        The SQLite file; None for every other store.
    artifacts : pathlib.Path or None
        The folder for files, where the store itself keeps numbers only (a database); None where a server decides.
    """

    uri: str = field(repr=False)
    database: Path | None = None
    artifacts: Path | None = None

    @classmethod
    def of(cls, working_folder: Path, environment: Mapping[str, str]) -> "StoreLocation":
        """Return the place that ``MLFLOW_TRACKING_URI`` names, else ``.mlflow`` in the working folder."""
        folder = working_folder.resolve() / STORE_FOLDER
        uri = environment.get(URI_VARIABLE, "").strip()
        if not uri:
            return cls.in_file(folder / STORE_DATABASE)
        kind = uri.partition(":")[0].partition("+")[0]
        if named := _sqlite_file(uri):
            return cls.in_file(working_folder.resolve() / named)
        holds_numbers_only = kind in {"sqlite", "postgresql", "mysql", "mssql"}
        return cls(uri, artifacts=folder / STORE_ARTIFACTS if holds_numbers_only else None)

    @classmethod
    def in_file(cls, database: Path) -> "StoreLocation":
        """Return the store in a SQLite file, with the folder for other files beside it."""
        return cls(f"sqlite:///{database}", database, database.parent / STORE_ARTIFACTS)


def _sqlite_file(uri: str) -> str | None:
    try:
        url = make_url(uri)
    except (ArgumentError, ValueError):
        return None  # for MLflow to judge, when it is asked to open it
    is_file = url.get_backend_name() == "sqlite" and url.database != ":memory:"
    return url.database if is_file else None
