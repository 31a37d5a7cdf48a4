"""How prediction and outcome moved from month to month."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from training.evaluation.curves import Month
from training.report.figures.canvas import (
    ACCENT,
    CONTRAST,
    INK,
    MUTED,
    Drawing,
    finish,
    house_style,
    percent_axis,
    sheet,
)
from training.report.vocabulary import Vocabulary

_MOST_TICKS: Final = 12


def draw_stability(months: Sequence[Month], words: Vocabulary) -> Drawing:
    """Draw share won against mean prediction, and the ranking's AUC under it."""
    with house_style(words.language):
        figure = sheet(4.6)
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[1.5, 1])
        _draw_rates(above, months, words)
        _draw_auc(below, months, words)
        _label_months(below, months, words)
        return finish(figure, _alt(months, words))


def _draw_rates(axes: Axes, months: Sequence[Month], words: Vocabulary) -> None:
    places = range(len(months))
    observed = [month.base_rate for month in months]
    predicted = [month.mean_predicted for month in months]
    axes.plot(places, observed, "o-", color=INK, markersize=5)
    axes.plot(places, predicted, "s--", color=ACCENT, markersize=4.5, markerfacecolor="white", linewidth=1.4)
    _label_ends(
        axes, (observed[-1], predicted[-1]), (words("stability.observed"), words("stability.predicted")), (INK, ACCENT)
    )
    highest = min(max(*observed, *predicted, 0.001) * 1.18, 1.03)
    axes.set_ylim(0, highest)
    percent_axis(axes.yaxis, highest)
    axes.set_title(words("stability.rates_title"), loc="left", fontsize=9.5, color=MUTED)
    axes.grid(axis="y")
    axes.tick_params(axis="x", length=0)


def _label_ends(axes: Axes, ends: tuple[float, float], texts: tuple[str, str], colours: tuple[str, str]) -> None:
    """Write each line's name at its right end, the upper line's above the other's."""
    upper = 0 if ends[0] >= ends[1] else 1
    right = axes.lines[0].get_xdata()
    for number, (end, text, colour) in enumerate(zip(ends, texts, colours, strict=True)):
        up = number == upper
        place = (float(np.max(right)), end)
        axes.annotate(
            text,
            place,
            (9, 1 if up else -1),
            textcoords="offset points",
            color=colour,
            fontsize=9,
            va="bottom" if up else "top",
            annotation_clip=False,
        )


def _draw_auc(axes: Axes, months: Sequence[Month], words: Vocabulary) -> None:
    auc = [month.roc_auc for month in months]
    axes.plot(range(len(months)), auc, "o-", color=ACCENT, markersize=5)
    axes.axhline(0.5, color=CONTRAST, linewidth=1.1, linestyle=(0, (4, 3)))
    axes.annotate(
        words("stability.chance"),
        (1, 0.5),
        (9, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        color=CONTRAST,
        fontsize=9,
        va="center",
        annotation_clip=False,
    )
    known = [value for value in auc if np.isfinite(value)]
    axes.set_ylim(min(0.45, *known, 0.45) - 0.03, 1.02)
    axes.set_title(words("stability.auc_title"), loc="left", fontsize=9.5, color=MUTED)
    axes.grid(axis="y")


def _label_months(axes: Axes, months: Sequence[Month], words: Vocabulary) -> None:
    step = -(-len(months) // _MOST_TICKS)
    places = range(0, len(months), step)
    axes.set_xticks(places, [words.numerals.month(months[place].month) for place in places])
    axes.set_xlim(-0.3, len(months) - 0.7)


def _alt(months: Sequence[Month], words: Vocabulary) -> str:
    percent, decimal = words.numerals.percent, words.numerals.decimal
    gap = float(np.mean([abs(month.base_rate - month.mean_predicted) for month in months]))
    auc = [month.roc_auc for month in months if np.isfinite(month.roc_auc)]
    return words(
        "stability.alt",
        months=len(months),
        low=percent(min(month.base_rate for month in months)),
        high=percent(max(month.base_rate for month in months)),
        gap=words.numerals.points(gap),
        auc=words.numerals.span(decimal(min(auc, default=None), 2), decimal(max(auc, default=None), 2)),
    )
