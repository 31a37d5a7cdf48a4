"""Print how accurate the model is beside others: ``python -m benchmarks.accuracy [source ...]``."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.accuracy.rivals import OURS, RIVALS
from benchmarks.accuracy.sources import SOURCES, Source, Trial, load
from benchmarks.accuracy.standing import Standing, measure
from models.quality.interval import Interval


def main(names: Sequence[str]) -> None:
    console = Console(width=120)
    for source in SOURCES:
        if names and source.name not in names:
            continue
        if not source.folder.is_dir():
            console.print(f"{source.name}: skipped, no folder {source.folder}: put the real sets beside the checkout")
            continue
        _benchmark(source, console)


def _benchmark(source: Source, console: Console) -> None:
    trial = load(source)
    standings = measure(source, trial, RIVALS)
    console.print(_table(source, trial, standings))
    ours = next(standing for standing in standings if standing.rival == OURS)
    first = standings[0]
    is_level = first.log_loss.low <= ours.log_loss.value <= first.log_loss.high
    place = "first" if first is ours else "within the interval of the first" if is_level else "behind the first"
    console.print(f"{source.name}: ours is {place}\n")


def _table(source: Source, trial: Trial, standings: Sequence[Standing]) -> Table:
    train, test = trial.train, trial.test
    table = Table(
        "",
        "log loss",
        "AUC",
        "seeds",
        "seconds",
        title=f"{source.name}: learnt from {len(train):,} snapshots, tested on {len(test):,} later ones; "
        f"{train.label.mean():.1%} and {test.label.mean():.1%} won",
    )
    for one in standings:
        name = f"[bold]{one.rival}[/bold]" if one.rival == OURS else one.rival
        table.add_row(name, _shown(one.log_loss), _shown(one.roc_auc), str(one.seeds), f"{one.seconds:.1f}")
    return table


def _shown(interval: Interval) -> str:
    return f"{interval.value:.4f} ({interval.low:.4f} to {interval.high:.4f})"


if __name__ == "__main__":
    main(sys.argv[1:])
