"""Steps that bring the database of the score history up to date."""

from pathlib import Path
from threading import Lock
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

VERSION_TABLE: Final = "lead_scores_version"
"""Not Alembic's own name: MLflow may keep its tables, and its version, in the same database."""

_LOCK: Final = 4_815_162_342
_one_at_a_time: Final = Lock()
"""Alembic keeps the database that it works on in global variables."""


def upgrade(engine: Engine) -> None:
    """Take every step that has not been taken, all or none; of two services that start at once, one waits.

    Raises
    ------
    sqlalchemy.exc.SQLAlchemyError
        Where the database is away or refuses.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with _one_at_a_time, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        else:
            connection.exec_driver_sql("PRAGMA user_version = 0")  # writes, so that SQLite's own lock is waited for
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
