"""The main figures in the database: the watch writes them, the service reads them for its ``/metrics``."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, delete, func, insert, select

from serving.store_tables import FIGURES


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found when.

    Attributes
    ----------
    until_ms : int
        The end of the period that was looked at, in milliseconds since the epoch.
    values : mapping of str to float
        By the names in ``figures.ABOUT``; what was not defined is not there.
    """

    until_ms: int
    values: Mapping[str, float]


def write_figures(engine: Engine, figures: Figures) -> None:
    """Keep figures, in place of those of the same instant; raises a StoreError where the database refuses."""
    rows = [{"until_ms": figures.until_ms, "name": name, "value": value} for name, value in figures.values.items()]
    with engine.begin() as connection:
        connection.execute(delete(FIGURES).where(FIGURES.c.until_ms == figures.until_ms))
        connection.execute(insert(FIGURES), rows)


def newest_figures(engine: Engine) -> Figures | None:
    """Return the figures of the latest instant; None where there are none, a StoreError where the database is away."""
    latest = select(func.max(FIGURES.c.until_ms)).scalar_subquery()
    wanted = select(FIGURES.c.until_ms, FIGURES.c.name, FIGURES.c.value).where(FIGURES.c.until_ms == latest)
    with engine.connect() as connection:
        rows = connection.execute(wanted).all()
    return Figures(rows[0].until_ms, {row.name: row.value for row in rows}) if rows else None
