"""How training grows with the data: ``python -m benchmarks.train --leads 20000 --leads 200000``."""

import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from features.sample import write_sample

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Training:
    """What one training took."""

    leads: int
    source_bytes: int
    seconds: float
    peak_gb: float


def main(leads: Annotated[list[int] | None, typer.Option(min=1_000, help="How many, once a size.")] = None) -> None:
    """Train on simulated CRMs of several sizes, each in a process and a folder of its own."""
    trainings = [_train(number) for number in sorted(leads or (20_000, 200_000))]
    Console().print(_table(trainings))


def _train(leads: int) -> Training:
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "crm"
        write_sample(source, leads=leads)
        size = sum(file.stat().st_size for file in source.iterdir())
        start = time.perf_counter()
        peak_gb = _train_in(Path(scratch), source)
        return Training(leads, size, time.perf_counter() - start, peak_gb)


def _train_in(folder: Path, source: Path) -> float:
    """Run the command that people run; return its peak memory. What it says is shown only if it fails."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(CHECKOUT),
        "MLFLOW_TRACKING_URI": f"sqlite:///{folder / 'tracking.db'}",
    }
    command = [sys.executable, "-m", "training", "train", str(source)]
    with (folder / "said.txt").open("w+") as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"training failed with exit code {process.returncode}:\n{said.read()}")
    return usage.ru_maxrss * 1024 / 1e9


def _table(trainings: list[Training]) -> Table:
    """Lay out the runs; the exponent is 1 where twice the leads take twice as long."""
    table = Table("leads", title="python -m training train, from reading the files to the report")
    for heading in ("source MB", "seconds", "peak GB", "growth exponent"):
        table.add_column(heading, justify="right")
    exponents = ["", *(_exponent(smaller, larger) for smaller, larger in pairwise(trainings))]
    for run, exponent in zip(trainings, exponents, strict=True):
        megabytes = f"{run.source_bytes / 1e6:.0f}"
        table.add_row(f"{run.leads:,}", megabytes, f"{run.seconds:.0f}", f"{run.peak_gb:.2f}", exponent)
    return table


def _exponent(smaller: Training, larger: Training) -> str:
    return f"{math.log(larger.seconds / smaller.seconds) / math.log(larger.leads / smaller.leads):.2f}"


if __name__ == "__main__":
    typer.run(main)
