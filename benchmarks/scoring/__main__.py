"""Leads a second of ``make score`` beside shap: ``python -m benchmarks.scoring [--leads N] [--store URI]``."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.scoring.by_shap import by_shap, differs_from_ours
from benchmarks.serving.store import new_store
from features.compute import compute
from features.reading import read_tables
from features.sample import write_sample
from models.booster import BoosterMember
from models.conversion import ConversionModel
from serving.batch import BatchRun, open_leads, score_all
from serving.champion import Champion
from serving.company_rules import registered_champion
from serving.settings import ServiceSettings

_AIM: Final = 5_000


@dataclass(frozen=True)
class Measured:
    """What was done for every lead, and how long that took for all of them."""

    what: str
    seconds: float


def main(
    leads: Annotated[int, typer.Option(min=1_000, help="How many there are; open ones are scored.")] = 20_000,
    store: Annotated[str, typer.Option(help="An MLflow store with a champion; else one is made by training.")] = "",
) -> None:
    """Score the open leads of a simulated CRM, and explain the same rows by the same trees with shap."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_sample(folder / "all", leads=leads)
        champion, model = _champion(store or new_store(folder))
        tables = read_tables(str(folder / "all"))
        run = BatchRun(tables, open_leads(tables), champion, "en", str(folder / "scores.parquet"))
        measured, difference = _measured(run, model)
    console = Console(width=120)
    count = len(run.snapshots)
    console.print(_table(measured, count))
    rate = count / measured[0].seconds
    console.print(f"{'yes' if rate >= _AIM else 'NO '}  at least {_AIM:,} leads/s with reasons: {rate:,.0f}")
    console.print(f"Largest difference between shap's values and ours, in log-odds: {difference:.1e}")


def _champion(store: str) -> tuple[Champion, ConversionModel]:
    champion = registered_champion(ServiceSettings.model_validate({"MLFLOW_TRACKING_URI": store}))
    if champion.model is None or not any(isinstance(member, BoosterMember) for member in champion.model.members):
        raise SystemExit("the champion has no trees that shap could explain")
    return champion, champion.model


def _measured(run: BatchRun, model: ConversionModel) -> tuple[list[Measured], float]:
    whole = _seconds(lambda: score_all(run, lambda _: None))
    scored = _seconds(lambda: run.champion.scorer.score(run.records, run.snapshots))
    matrix = compute(model.spec, run.records, run.snapshots)
    boosters = [member for member in model.members if isinstance(member, BoosterMember)]
    by_shap(boosters[0], matrix.values[:1])  # so that its import is not timed
    explained = _seconds(lambda: [by_shap(member, matrix.values) for member in boosters])
    ours = _seconds(lambda: [member.contributions(matrix.values) for member in boosters])
    measured = [
        Measured("make score: features, score, reasons, gates, sentences; a Parquet file", whole),
        Measured("LeadScorer, one process: features, score, reasons, gates", scored),
        Measured(f"shap.TreeExplainer, {len(boosters)} booster: values only, from ready-made features", explained),
        Measured("ours for the same: values only, from ready-made features", ours),
    ]
    return measured, max(differs_from_ours(member, matrix.values) for member in boosters)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _table(measured: list[Measured], leads: int) -> Table:
    table = Table("for every lead", title=f"{leads:,} open leads, 2 cores")
    for heading in ("seconds", "leads/s"):
        table.add_column(heading, justify="right")
    for one in measured:
        table.add_row(one.what, f"{one.seconds:.2f}", f"{leads / one.seconds:,.0f}")
    return table


if __name__ == "__main__":
    typer.run(main)
