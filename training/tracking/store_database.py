"""Databases that keep runs: made whole or not at all, and asked first whether they answer."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import sqlalchemy
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

from training.tracking.store_location import StoreLocation

CONNECT_SECONDS: Final = 5

# MLflow leaves it without types.
_open: Callable[[str, str], SqlAlchemyStore] = SqlAlchemyStore


def make_database(database: Path, artifacts: Path) -> None:
    """Make MLflow's SQLite file where it is not there yet.

    MLflow makes it in dozens of steps, and a file left half-way is refused for ever after. So it is made under another
    name and given its own in one step: a training killed meanwhile leaves no file, and of two that start together one
    makes the file and both use it.

    Raises
    ------
    OSError
        Where the folder cannot be written.
    """
    if database.exists():
        return
    artifacts.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="new-", dir=database.parent) as folder:
        made = Path(folder) / database.name
        _open(f"sqlite:///{made}", str(artifacts)).engine.dispose()
        _name(made, database)


def _name(made: Path, database: Path) -> None:
    try:
        os.link(made, database)
    except FileExistsError:
        return  # another training was first
    except OSError:
        made.rename(database)  # a file system without hard links


def greet_database(location: StoreLocation) -> None:
    """Connect to a PostgreSQL store and leave; MLflow itself would try for minutes before it says that nobody answers.

    Raises
    ------
    sqlalchemy.exc.SQLAlchemyError
        Where it does not answer in time or refuses.
    """
    if not location.uri.startswith("postgresql"):
        return
    engine = sqlalchemy.create_engine(location.uri, connect_args={"connect_timeout": CONNECT_SECONDS})
    try:
        engine.connect().close()
    finally:
        engine.dispose()
