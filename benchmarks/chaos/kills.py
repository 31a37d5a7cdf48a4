"""Kill the service again and again while it takes outcomes and scores: ``python -m benchmarks.chaos.kills [100]``."""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import NullPool, create_engine, select

from benchmarks.chaos.callers import Callers, callers_pool
from benchmarks.chaos.kept import Kept, kept
from benchmarks.chaos.own_database import address, own_database
from benchmarks.chaos.service import Service
from serving.store_tables import OUTCOMES

_LEAST_SECONDS: Final = 0.05
_MOST_SECONDS: Final = 0.8
_DELIVERY_SECONDS: Final = 60.0
_HEADINGS: Final = ("kills", "outcomes", "lost", "wrong", "doubled", "scores", "rows lost", "rows doubled", "refused")


@dataclass(frozen=True)
class Toll:
    """What is there of what one service acknowledged before it was killed so often."""

    callers: Callers
    lost: int
    wrong: int
    doubled: int
    history: Kept

    def figures(self) -> tuple[int, ...]:
        """Return what the table shows."""
        callers, history = self.callers, self.history
        outcomes = (len(callers.outcomes), self.lost, self.wrong, self.doubled)
        return (*outcomes, len(callers.scores), history.missing, history.doubled, len(callers.refused))

    @property
    def is_none(self) -> bool:
        """Whether everything acknowledged is there once, and there was something."""
        faults = (self.lost, self.wrong, self.doubled, self.history.lost, len(self.callers.refused))
        return not any(faults) and bool(self.callers.outcomes and self.callers.scores)


def main(kills: Annotated[int, typer.Argument(min=1, help="How often, for each database.")] = 100) -> None:
    """Kill -9 a service with SQLite and one with PostgreSQL; end with 1 where anything acknowledged is not there."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch, own_database() as database:
        folders = {name: Path(scratch) / name for name in ("SQLite", "PostgreSQL")}
        for folder in folders.values():
            folder.mkdir()
        urls = {"SQLite": f"sqlite:///{folders['SQLite']}/history.db", "PostgreSQL": address(database)}
        with ThreadPoolExecutor(len(urls)) as pool:
            begun = {name: pool.submit(_toll, folders[name], url, kills) for name, url in urls.items()}
            tolls = {name: toll.result() for name, toll in begun.items()}
    console = Console(width=140)
    console.print(_table(tolls, kills))
    for refusal in [refusal for toll in tolls.values() for refusal in toll.callers.refused[:3]]:
        console.print(f"NO  {refusal}", highlight=False)
    console.print(f"{time.perf_counter() - started:.0f} s", highlight=False)
    if not all(toll.is_none for toll in tolls.values()):
        raise typer.Exit(1)


def _toll(folder: Path, url: str, kills: int) -> Toll:
    service = Service(folder, {"LEADS_DATABASE_URL": url, "LEADS_METHOD": "rules"})
    callers, chance = Callers(), np.random.default_rng(kills)
    try:
        for _ in range(kills):
            service.start()
            with callers_pool() as pool:
                calls = callers.begin(service.port, pool)
                time.sleep(chance.uniform(_LEAST_SECONDS, _MOST_SECONDS))
                service.kill()
                for call in calls:
                    call.result()
        service.start()
        history = kept(url, callers.scores, _DELIVERY_SECONDS)
    finally:
        service.end()
    rows = _outcomes(url)
    amounts = dict(rows)
    lost = sum(lead_id not in amounts for lead_id in callers.outcomes)
    wrong = sum(amounts.get(lead_id, amount) != amount for lead_id, amount in callers.outcomes.items())
    return Toll(callers, lost, wrong, len(rows) - len(amounts), history)


def _outcomes(url: str) -> list[tuple[str, float]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        rows = connection.execute(select(OUTCOMES.c.lead_id, OUTCOMES.c.amount)).all()
    return [(row.lead_id, row.amount) for row in rows]


def _table(tolls: dict[str, Toll], kills: int) -> Table:
    table = Table("database", title="What was acknowledged before kill -9, and what is there")
    for heading in _HEADINGS:
        table.add_column(heading, justify="right")
    for name, toll in tolls.items():
        table.add_row(name, *(f"{figure:,}" for figure in (kills, *toll.figures())))
    return table


if __name__ == "__main__":
    typer.run(main)
