"""Print how many leaks the audit finds, and how often it is wrong: ``python -m benchmarks.audit [seeds]``."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.audit.tally import SCENES, Tally, tally

_SEEDS = 10


def main(arguments: Sequence[str]) -> None:
    seeds = range(1, int(arguments[0]) + 1 if arguments else _SEEDS + 1)
    tallies = {scene: tally(scene, seeds) for scene in SCENES}
    Console(width=130).print(_table(tallies, len(seeds)))


def _table(tallies: dict[str, Tally], seeds: int) -> Table:
    table = Table("", *tallies, title=f"Share dropped over {seeds} seeds (in brackets: warned of)")
    kinds = dict.fromkeys(kind for one in tallies.values() for kind in one.seen)
    for kind in kinds:
        table.add_row(kind, *(one.shown(kind) for one in tallies.values()))
    table.add_section()
    table.add_row("recall: leaks dropped", *(f"{one.recall:.1%}" for one in tallies.values()))
    table.add_row("false alarms: honest ones dropped", *(f"{one.false_alarms:.2%}" for one in tallies.values()))
    return table


if __name__ == "__main__":
    main(sys.argv[1:])
