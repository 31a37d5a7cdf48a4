"""A database whose tables are there and up to date."""

from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from serving.migrations import upgrade

StoreError: TypeAlias = SQLAlchemyError
"""What is raised where the database is away or refuses."""


def prepare_store(engine: Engine) -> None:
    """Make the tables of the service, or bring them up to date.

    Raises
    ------
    StoreError
        Where the database is away or refuses.
    OSError
        Where the folder for its file cannot be made.
    """
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    upgrade(engine)
