"""Print how often the policy errs: ``python -m benchmarks.promotion [--pairs N]``."""

from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.promotion.pairs import challenger_error, win_share
from benchmarks.promotion.rates import Case, Rates, measure
from training.promotion.policy import DEFAULT_POLICY

EXCESSES: Final = (-0.04, -0.02, 0.0, 0.01, 0.02, 0.04)
WINS: Final = (40, 80, 160, 320)
_PROCESSES: Final = 2


def main(
    pairs: Annotated[int, typer.Option(min=1, help="Simulated pairs of models in each cell.")] = 200,
) -> None:
    """Let pairs of models meet of which it is known by how much one is better, and see what is decided."""
    share = win_share()
    errors = {excess: challenger_error(excess) for excess in EXCESSES}
    cases = [
        Case(excess, errors[excess], round(wins / share), wins, pairs)
        for wins, excess in product(reversed(WINS), EXCESSES)
    ]
    with ProcessPoolExecutor(_PROCESSES) as pool:
        found = dict(zip(cases, pool.map(measure, cases), strict=True))
    console = Console(width=110)
    margin = f"{DEFAULT_POLICY.margin:.0%}"
    console.print(f"{pairs} pairs in each cell, log loss of the challenger known to differ by so much; promoted, in %")
    console.print(_table(f"policy: the whole 95 % interval below +{margin}", "by_interval", found))
    console.print(_table("champion old: measured log loss within 5 %", "old_champion", found))
    console.print(_table("for comparison: unless surely worse", "unless_surely_worse", found))


def _table(title: str, rule: str, found: dict[Case, Rates]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("won in the test, of leads")
    for excess in EXCESSES:
        table.add_column(_named(excess), justify="right")
    for wins in WINS:
        of_row = [case for case in found if case.wins == wins]
        cells = {case.excess: f"{getattr(found[case], rule):.1%}" for case in of_row}
        table.add_row(f"{wins:,} of {of_row[0].leads:,}", *(cells[excess] for excess in EXCESSES))
    return table


def _named(excess: float) -> str:
    return "equal" if excess == 0 else f"{abs(excess):.0%} {'worse' if excess > 0 else 'better'}"


if __name__ == "__main__":
    typer.run(main)
