"""What a training says on the terminal."""

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from features.faults import Fault
from features.wording import Language, Wording
from models.quality.interval import Interval
from models.quality.metrics import METRICS
from training.evaluation.evaluate import Evaluation
from training.fitting.refit import Progress as Tell
from training.promotion.telling import show_challenge, show_settled
from training.train import TrainingRun

_TITLE = Wording("On snapshots newer than all that was learnt from", "学習に使っていない最新の時点での評価")
_SHORT = {
    "model": Wording("this model", "このモデル"),
    "base_rate": Wording("base rate", "一律"),
    "recency": Wording("recency", "最終活動"),
    "logistic": Wording("logistic", "ロジスティック"),
}


@contextmanager
def progress(console: Console) -> Iterator[Tell]:
    """Show what is being done and for how long; nothing where nobody watches."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("starting", total=None)
        yield lambda what: bars.update(task, description=what)


def show_faults(console: Console, faults: Iterable[Fault]) -> None:
    """Print what is wrong with a source, one fault a line."""
    for fault in faults:
        style = "red" if fault.severity == "error" else "yellow"
        console.print(f"[{style}]{fault.severity}[/{style}] {escape(str(fault))}", highlight=False, soft_wrap=True)


def show_run(console: Console, run: TrainingRun, language: Language) -> None:
    """Print how the model did, what it is called now, and where the report is."""
    judgement = run.trained.judgement
    console.print(_metrics_table(judgement.evaluation, language))
    console.print(f"verdict   {judgement.verdict.wording.in_language(language)}", highlight=False)
    for reason in judgement.verdict.reasons:
        console.print(f"          {escape(reason.in_language(language))}", highlight=False, soft_wrap=True)
    console.print(f"grades    {run.trained.grading.wording.in_language(language)}", highlight=False, soft_wrap=True)
    show_challenge(console, run.challenge, language)
    show_settled(console, run.settled, language)
    console.print(f"report    {run.report}", highlight=False, soft_wrap=True)


def _metrics_table(evaluation: Evaluation, language: Language) -> Table:
    table = Table(title=_TITLE.in_language(language), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column(_SHORT["model"].in_language(language), justify="right", no_wrap=True)
    for baseline in evaluation.scores[1:]:
        table.add_column(_SHORT[baseline.name].in_language(language), justify="right", no_wrap=True)
    for name, metric in METRICS.items():
        cells = (_number(score.metrics[name].value) for score in evaluation.scores[1:])
        table.add_row(metric.wording.in_language(language), _interval(evaluation.model.metrics[name]), *cells)
    return table


def _interval(interval: Interval) -> str:
    if math.isnan(interval.value):
        return _number(interval.value)
    return f"{_number(interval.value)} ({interval.low:.2f}–{interval.high:.2f})"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
