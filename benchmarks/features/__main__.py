"""Our features beside polars and DuckDB: ``python -m benchmarks.features --snapshots 100000 --activities 1000000``."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.features.crm import TYPES, write_crm
from benchmarks.features.one_lead import microseconds_per_feature
from benchmarks.features.one_run import ENGINES
from features.catalogue import STATISTICS

_THREADS: Final = "2"


def main(
    snapshots: Annotated[int, typer.Option(min=1)] = 1_000_000,
    activities: Annotated[int, typer.Option(min=1)] = 10_000_000,
    rounds: Annotated[int, typer.Option(min=1)] = 5,
) -> None:
    """Compute the same features with each engine in turn, in processes of their own; compare results, time, memory.

    Medians of several rounds, each engine in memory that the machine has used before.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        ready, whole = microseconds_per_feature(folder)
        write_crm(folder, snapshots, activities)
        turns = [{name: _run(name, folder) for name in ENGINES} for _ in range(rounds)]
        runs = {name: _median([turn[name] for turn in turns]) for name in ENGINES}
        differing = {name: _differing(folder / "ours.npy", folder / f"{name}.npy") for name in ENGINES}
    size = f"{len(TYPES) * len(STATISTICS)} features, {snapshots:,} snapshots, {activities:,} activities"
    title = f"{size}, {_THREADS} threads, median of {rounds}"
    Console().print(_table(title, runs, differing))
    print(f"one snapshot of a lead with 40 activities: {ready:.1f} µs a feature, {whole:.1f} µs from its tables on")
    if any(differing.values()):
        raise typer.Exit(1)


def _median(runs: list[dict[str, float]]) -> dict[str, float]:
    return {figure: float(np.median([run[figure] for run in runs])) for figure in runs[0]}


def _run(name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.features.one_run", name, str(folder)]
    environment = {**os.environ, "POLARS_MAX_THREADS": _THREADS}
    printed = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    measured: dict[str, float] = json.loads(printed)
    return measured


def _differing(ours: Path, theirs: Path) -> int:
    """Count the values that are not exactly the same; missing equals missing."""
    one, other = np.load(ours, mmap_mode="r"), np.load(theirs, mmap_mode="r")
    pairs = zip(np.array_split(one, 20), np.array_split(other, 20), strict=True)
    return sum(int((~((a == b) | (np.isnan(a) & np.isnan(b)))).sum()) for a, b in pairs)


def _table(title: str, runs: dict[str, dict[str, float]], differing: dict[str, int]) -> Table:
    table = Table("engine", title=title)
    for heading in ("seconds", "times ours", "CPU seconds", "times ours", "peak GB", "values that differ"):
        table.add_column(heading, justify="right")
    ours = runs["ours"]
    for name, run in runs.items():
        times = [f"{number:.1f}" for key in ("seconds", "cpu_seconds") for number in (run[key], run[key] / ours[key])]
        table.add_row(name, *times, f"{run['peak_gb']:.1f}", f"{differing[name]:,}")
    return table


if __name__ == "__main__":
    typer.run(main)
