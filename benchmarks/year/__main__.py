"""A year of the loop, from the first training to the way back: ``python -m benchmarks.year``."""

import tempfile
import time
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from benchmarks.year.course import Course
from benchmarks.year.dates import TURN
from benchmarks.year.market_turn import turned
from benchmarks.year.story import Story
from benchmarks.year.workplace import Workplace
from features.sample import simulate

_SEED: Final = 12
_LEADS: Final = 6_000
"""The fewest of whom enough are won after the market turned for two versions to be told apart."""


def main(
    leads: Annotated[int, typer.Option(min=_LEADS, help="Of the CRM, in three years.")] = _LEADS,
    keep: Annotated[Path | None, typer.Option(help="Where to leave the pages; else nowhere.")] = None,
) -> None:
    """Play a year with real commands, a real service and a real store; end with 1 where something went otherwise."""
    started = time.perf_counter()
    story = Story.of(f"A year with {leads:,} leads")
    with tempfile.TemporaryDirectory() as scratch:
        work = Workplace(Path(scratch))
        Course(work, turned(simulate(leads, _SEED), TURN, _SEED), _SEED, story).play()
        if keep is not None:
            _keep(work.folder / "reports", keep)
    Console(width=140).print(story.table)
    print(f"{time.perf_counter() - started:.0f} s")
    if story.unmet:
        raise typer.Exit(1)


def _keep(reports: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for page in reports.iterdir():
        (folder / page.name).write_bytes(page.read_bytes())


if __name__ == "__main__":
    typer.run(main)
