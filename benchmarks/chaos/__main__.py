"""Break things while the service scores leads: ``python -m benchmarks.chaos [--fault NAME]``."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.chaos import client_faults, database_faults, disk_faults, limit_faults, model_faults, process_faults
from benchmarks.chaos.fault import Fault, Seen, SkippedError
from benchmarks.chaos.mlflow_server import MlflowServer
from benchmarks.chaos.own_database import address, own_database
from benchmarks.chaos.service import NotReadyError
from benchmarks.chaos.stage import FIRST, Stage

_GROUPS: Final = (model_faults, database_faults, process_faults, client_faults, limit_faults, disk_faults)
FAULTS: Final[Sequence[Fault]] = [fault for group in _GROUPS for fault in group.FAULTS]
_HEADINGS: Final = ("sent", "refused", "failed", "wrong", "lost rows")


def main(
    fault: Annotated[list[str] | None, typer.Option(help="Only this one; may be given several times.")] = None,
) -> None:
    """Cause every fault beside a crowd of clients; end with 1 where more came of one than its stated limit."""
    chosen = [one for one in FAULTS if not fault or one.name in fault]
    unknown = sorted(set(fault or ()) - {one.name for one in FAULTS})
    if unknown:
        raise typer.BadParameter(f"{unknown[0]!r} is not a fault; there are {', '.join(one.name for one in FAULTS)}")
    table, unmet, started = _table(), [], time.perf_counter()
    console = Console(width=160)
    with tempfile.TemporaryDirectory(prefix="chaos-") as scratch:
        mlflow = MlflowServer(Path(scratch) / "mlflow")
        try:
            for one in chosen:
                unmet += _play(one, Path(scratch), mlflow, table)
        finally:
            mlflow.kill()
    console.print(table)
    for told in unmet:
        console.print(f"NO  {told}", highlight=False)
    console.print(f"{time.perf_counter() - started:.0f} s", highlight=False)
    if unmet:
        raise typer.Exit(1)


def _play(fault: Fault, scratch: Path, mlflow: MlflowServer, table: Table) -> list[str]:
    """Cause a fault, add its row, and return what was not as stated."""
    folder = scratch / fault.name
    folder.mkdir()
    mlflow.name_champion(FIRST)
    started = time.perf_counter()
    try:
        with own_database() as database:
            seen = fault.play(Stage(folder, mlflow, address(database)))
    except SkippedError as reason:
        table.add_row(fault.about, *["-"] * len(_HEADINGS), fault.limit, f"skipped: {reason}")
        return []
    except NotReadyError as error:
        table.add_row(fault.about, *["-"] * len(_HEADINGS), fault.limit, "NO")
        return [f"{fault.name}: {error}"]
    unmet = fault.unmet(seen)
    table.add_row(fault.about, *_figures(seen), fault.limit, "NO" if unmet else "yes")
    print(f"{fault.name}: {time.perf_counter() - started:.0f} s; {'; '.join([*seen.notes, *unmet])}", flush=True)
    return [f"{fault.name}: {told}" for told in unmet]


def _table() -> Table:
    table = Table("fault", title="Requests while things break")
    for heading in _HEADINGS:
        table.add_column(heading, justify="right")
    table.add_column("stated limit")
    table.add_column("as stated")
    return table


def _figures(seen: Seen) -> list[str]:
    tally = seen.tally
    counts = (tally.sent, tally.refused, len(tally.failures), len(tally.wrong), seen.lost)
    return [f"{count:,}" for count in counts]


if __name__ == "__main__":
    typer.run(main)
