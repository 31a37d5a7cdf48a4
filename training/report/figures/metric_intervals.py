"""Every metric of the model beside those of the baselines: a dot on its interval."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from models.quality.metrics import Metric
from training.evaluation.evaluate import Evaluation
from training.evaluation.model_score import ModelScore
from training.report.figures.canvas import ACCENT, CONTRAST, MUTED, RULE, Drawing, finish, house_style, sheet
from training.report.figures.labels import wrapped
from training.report.vocabulary import Vocabulary

_COLUMNS: Final = 4
_ROW_INCHES: Final = 0.27
_NAME_COLUMNS: Final = 24
_TITLE_COLUMNS: Final = 24


def draw_metrics(evaluation: Evaluation, metrics: Sequence[Metric], words: Vocabulary) -> Drawing:
    """Draw one small plot a metric, one row a prediction, the model on top."""
    scores = evaluation.scores
    with house_style(words.language):
        lines = -(-len(metrics) // _COLUMNS)
        figure = sheet(lines * (1.15 + _ROW_INCHES * len(scores)))
        grid = figure.subplots(lines, _COLUMNS, sharey=True, squeeze=False)
        for axes in grid.flat[len(metrics) :]:
            axes.set_visible(False)
        for axes, metric in zip(grid.flat, metrics, strict=False):
            _draw_metric(axes, metric, scores, words)
        return finish(figure, _alt(evaluation, words))


def _draw_metric(axes: Axes, metric: Metric, scores: Sequence[ModelScore], words: Vocabulary) -> None:
    known = [(place, score.metrics[metric.name]) for place, score in enumerate(scores)]
    known = [(place, interval) for place, interval in known if np.isfinite(interval.value)]
    for place, interval in known:
        colour = MUTED if place else ACCENT
        axes.plot([interval.low, interval.high], [place, place], color=colour, linewidth=2.2 if not place else 1.3)
        face = "white" if place else colour
        axes.plot([interval.value], [place], "o", color=colour, markersize=5.5, markerfacecolor=face)
    if not known:
        axes.text(
            0.5, 0.5, words("metrics.not_defined"), transform=axes.transAxes, ha="center", va="center", color=MUTED
        )
        axes.set_xticks([])
    elif metric.better == "near_one":
        axes.axvline(1, color=CONTRAST, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    if known:
        axes.locator_params(axis="x", nbins=3)
    _frame(axes, metric, scores, words)


def _frame(axes: Axes, metric: Metric, scores: Sequence[ModelScore], words: Vocabulary) -> None:
    title = wrapped(metric.wording.in_language(words.language), _TITLE_COLUMNS)
    axes.set_title(f"{title}\n{words(f'metrics.{metric.better}')}", loc="left", fontsize=8.5, linespacing=1.35)
    axes.set_yticks(
        range(len(scores)),
        [wrapped(score.wording.in_language(words.language), _NAME_COLUMNS) for score in scores],
        linespacing=1.3,
    )
    axes.set_ylim(len(scores) - 0.4, -0.6)
    axes.margins(x=0.1)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=8, color=RULE)


def _alt(evaluation: Evaluation, words: Vocabulary) -> str:
    model = evaluation.model.metrics["roc_auc"]
    others = [score for score in evaluation.scores[1:] if np.isfinite(score.metrics["roc_auc"].value)]
    best = max(others, key=lambda score: score.metrics["roc_auc"].value, default=None)
    decimal = words.numerals.decimal
    if best is None:
        return words("metrics.alt_alone", model=decimal(model.value))
    return words(
        "metrics.alt",
        model=decimal(model.value),
        name=best.wording.in_language(words.language),
        best=decimal(best.metrics["roc_auc"].value),
    )
