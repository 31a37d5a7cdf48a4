"""Load at 70 % of what the service can do: ``python -m benchmarks.load [--minutes 10] [--database postgresql]``."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Final, Literal

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.chaos.own_database import address, own_database
from benchmarks.chaos.service import Service
from benchmarks.load.sender import Slice
from benchmarks.load.verdict import aims
from benchmarks.load.watch import Look, Watch
from benchmarks.serving.cores import kept_to, servers_and_client
from benchmarks.serving.store import new_store

_SHARE: Final = 0.7
_SECONDS_TO_FIND: Final = 10.0
_SLICES: Final = 6
_MEBIBYTE: Final = 1024 * 1024
_HEADINGS: Final = ("answers", "failed", "p50 ms", "p99 ms", "memory MiB", "files", "rows waiting")


def main(
    minutes: Annotated[float, typer.Option(min=0.2)] = 10.0,
    workers: Annotated[int, typer.Option(min=1, help="Processes; the sender has one core, they the others.")] = 1,
    database: Annotated[Literal["sqlite", "postgresql"], typer.Option(help="Of the history.")] = "sqlite",
    store: Annotated[str, typer.Option(help="An MLflow store with a champion; else one is made by training.")] = "",
) -> None:
    """Find the most that can be answered, send 70 % of it for minutes; end with 1 where the service got worse."""
    console = Console(width=120)
    with tempfile.TemporaryDirectory(prefix="load-") as scratch, ExitStack() as stack:
        folder = Path(scratch)
        own = stack.enter_context(own_database()) if database == "postgresql" else None
        settings = {
            "MLFLOW_TRACKING_URI": store or new_store(folder),
            "LEADS_WORKERS": str(workers),
            "LEADS_DATABASE_URL": f"sqlite:///{folder}/history.db" if own is None else address(own),
        }
        service = Service(folder, settings)
        stack.callback(service.end)
        servers, client = servers_and_client()
        with kept_to(servers):
            service.start()
        stack.enter_context(kept_to(client))
        [found] = _sent(service.port, 0.0, _SECONDS_TO_FIND, _SECONDS_TO_FIND + 1)
        rate = _SHARE * found.answers / found.seconds
        console.print(f"at most {found.answers / found.seconds:,.0f} answers/s; sending {rate:,.0f}", highlight=False)
        a_slice = min(60.0, 60 * minutes / _SLICES)
        with Watch(service) as watch:
            slices = [brought for brought in _sent(service.port, rate, 60 * minutes, a_slice) if brought.answers]
    judged = aims(slices, watch.looks, rate)
    console.print(_table(slices, watch.looks, f"{minutes:g} minutes, {workers} workers, {database}"))
    for aim in judged:
        console.print(f"{'yes' if aim.is_met else 'NO '}  {aim.text}: {aim.found}", highlight=False)
    if not all(aim.is_met for aim in judged):
        raise typer.Exit(1)


def _sent(port: int, rate: float, seconds: float, slice_seconds: float) -> Iterator[Slice]:
    """Let another process send; yield what each slice has brought, once it has."""
    numbers = (port, rate, seconds, slice_seconds)
    command = [sys.executable, "-m", "benchmarks.load.sender", *map(str, numbers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as sender:
        for line in sender.stdout or ():
            yield Slice(**json.loads(line))
    if sender.returncode:
        raise SystemExit(f"the sender ended with exit code {sender.returncode}")


def _table(slices: Sequence[Slice], looks: Sequence[Look], title: str) -> Table:
    table = Table("after", title=title)
    for heading in _HEADINGS:
        table.add_column(heading, justify="right")
    at = 0.0
    for one in slices:
        at += one.seconds
        look = max((look for look in looks if look.at <= at), key=lambda look: look.at)
        counts = (f"{one.answers:,}", f"{one.failed:,}", f"{one.p50_ms:.2f}", f"{one.p99_ms:.2f}")
        held = (f"{look.resident_bytes / _MEBIBYTE:.1f}", f"{look.open_files}", f"{look.waiting:,.0f}")
        table.add_row(f"{at:.0f} s", *counts, *held)
    return table


if __name__ == "__main__":
    typer.run(main)
