"""Our service beside MLflow's own and a bare echo: ``python -m benchmarks.serving [--requests N] [--store URI]``."""

import json
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.serving.bodies import ACTIVITIES, feature_body, lead_body
from benchmarks.serving.connection import Connection
from benchmarks.serving.cores import kept_to, servers_and_client
from benchmarks.serving.engines import ECHO, MLFLOW, OURS, Engine, engines, running
from benchmarks.serving.speed import CONNECTIONS, Latency, answers_per_second, latencies
from benchmarks.serving.store import champion, new_store

_WORKERS: Final = 2
_TIMES_MLFLOW: Final = 9.0
_TIMES_ECHO: Final = 3.5
_TIMES_OWN_P50: Final = 3.0


@dataclass(frozen=True)
class Aim:
    """A figure that was promised, and what it came to."""

    text: str
    found: float
    is_met: bool


def main(
    requests: Annotated[int, typer.Option(min=100, help="How many each is timed for.")] = 3_000,
    store: Annotated[str, typer.Option(help="An MLflow store with a champion; else one is made by training.")] = "",
) -> None:
    """Ask the three the same lead in turns, then as many as two processes can answer."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        address = store or new_store(folder)
        body = lead_body(datetime.now(UTC).replace(microsecond=0))
        asked = engines(address, body, feature_body(champion(address), body))
        timed = _timed(asked, folder, requests)
        rates = {engine.name: _rate(engine, folder) for engine in asked}
        kept = _history(folder)
    console = Console(width=120)
    console.print(_table(timed, rates, requests))
    console.print(f"* {_WORKERS} processes, {CONNECTIONS} connections; the client shares their cores", highlight=False)
    for aim in aims(timed):
        console.print(f"{'yes' if aim.is_met else 'NO '}  {aim.text}: {aim.found:.2f}", highlight=False)
    console.print(
        f"The probability is MLflow's to the last bit. The history has kept {kept:,} answers.", highlight=False
    )


def aims(timed: Mapping[str, Latency]) -> list[Aim]:
    """Return what was promised, judged by the figures."""
    ours, echo, mlflow = timed[OURS], timed[ECHO], timed[MLFLOW]
    lower, echoes, tail = mlflow.p50 / ours.p50, ours.p50 / echo.p50, ours.p99 / ours.p50
    return [
        Aim(f"p50 at least {_TIMES_MLFLOW:g} times lower than MLflow's", lower, lower >= _TIMES_MLFLOW),
        Aim(f"p50 at most {_TIMES_ECHO:g} times the echo's", echoes, echoes <= _TIMES_ECHO),
        Aim(f"p99 at most {_TIMES_OWN_P50:g} times its own p50", tail, tail <= _TIMES_OWN_P50),
    ]


def _timed(asked: list[Engine], folder: Path, requests: int) -> dict[str, Latency]:
    servers, client = servers_and_client()
    with ExitStack() as stack:
        with kept_to(servers):
            ports = {engine.name: stack.enter_context(running(engine, folder)) for engine in asked}
        stack.enter_context(kept_to(client))
        connections = {
            engine.name: stack.enter_context(Connection(ports[engine.name], engine.request)) for engine in asked
        }
        _check_same_probability(connections)
        return latencies(connections, requests)


def _check_same_probability(connections: Mapping[str, Connection]) -> None:
    theirs = json.loads(connections[MLFLOW].ask())["predictions"][0]["probability"]
    ours = json.loads(connections[OURS].ask())["probability"]
    if ours != theirs:
        raise SystemExit(f"they answer different questions: MLflow says {theirs}, ours says {ours}")


def _rate(engine: Engine, folder: Path) -> float:
    with running(engine, folder, _WORKERS) as port:
        return answers_per_second(port, engine.request)


def _history(folder: Path) -> int:
    """Count the answers that both runs of the service have kept."""
    count = 0
    for file in folder.glob("*/.leads/history.db"):
        with sqlite3.connect(file) as history:
            count += history.execute("SELECT count(*) FROM lead_scores").fetchone()[0]
    return count


def _table(timed: Mapping[str, Latency], rates: Mapping[str, float], requests: int) -> Table:
    title = f"A lead with {ACTIVITIES} activities, {requests:,} times, in turns, the client on a core of its own"
    table = Table("engine", title=title)
    for heading in ("p50 ms", "p99 ms", "p99 / p50", "times echo", "answers/s *"):
        table.add_column(heading, justify="right")
    for name, one in timed.items():
        times = f"{one.p50 / timed[ECHO].p50:.2f}"
        tail = f"{one.p99 / one.p50:.1f}"  # that of the echo is the machine's
        table.add_row(name, f"{one.p50:.2f}", f"{one.p99:.2f}", tail, times, f"{rates[name]:,.0f}")
    return table


if __name__ == "__main__":
    typer.run(main)
