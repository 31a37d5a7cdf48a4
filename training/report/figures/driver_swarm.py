"""What drives conversion: how much each feature matters, and what its values do to the odds of single leads."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from features.arrays import FloatArray
from training.report.drivers import Driver, mean_ranks
from training.report.figures.canvas import (
    ACCENT,
    CONTRAST,
    FAINT,
    MUTED,
    RULE,
    Drawing,
    bare,
    finish,
    house_style,
    sheet,
)
from training.report.figures.labels import wrapped
from training.report.vocabulary import Vocabulary

DIRECTION_MARKS: Final = {"up": "▲", "down": "▼", "mixed": "◆", "category": "■"}
_BAR_COLOURS: Final = {"up": ACCENT, "down": CONTRAST, "mixed": FAINT, "category": FAINT}
_SHADES: Final = LinearSegmentedColormap.from_list("value", ["#f0b35f", "#b0607a", "#14285a"])
_ROW_INCHES: Final = 0.44
_LABEL_COLUMNS: Final = 34
_HALF_ROW: Final = 0.36
_LEAST_LAYERS: Final = 4
"""A row with few dots in one place is not stretched to its full height."""
_ODDS_STEPS: Final = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32)


def draw_drivers(found: Sequence[Driver], words: Vocabulary) -> Drawing:
    """Draw the given features, one row each: a bar for the mean contribution, a dot for every lead."""
    with house_style(words.language):
        figure = sheet(1.25 + _ROW_INCHES * len(found))
        bars, swarm = figure.subplots(1, 2, width_ratios=[1.0, 2.1], sharey=True)
        _draw_bars(bars, found, words)
        _draw_swarm(swarm, found, words)
        return finish(figure, _alt(found, words))


def _draw_bars(axes: Axes, found: Sequence[Driver], words: Vocabulary) -> None:
    places = range(len(found))
    sizes = [driver.mean_size for driver in found]
    axes.barh(places, sizes, height=0.5, color=[_BAR_COLOURS[driver.direction] for driver in found])
    for place, driver in zip(places, found, strict=True):
        mark = DIRECTION_MARKS[driver.direction]
        text = f"{words.numerals.factor(driver.odds_factor)} {mark}"
        axes.annotate(text, (driver.mean_size, place), (4, 0), textcoords="offset points", va="center", fontsize=8.5)
    axes.set_yticks(
        places,
        [wrapped(driver.feature.wording.in_language(words.language), _LABEL_COLUMNS) for driver in found],
        linespacing=1.3,
    )
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.set_xlim(0, max(sizes) * 1.42)
    axes.set_xticks([])
    axes.set_title(words("drivers.bar_title"), loc="left", fontsize=9.5, color=MUTED)
    bare(axes)


def _draw_swarm(axes: Axes, found: Sequence[Driver], words: Vocabulary) -> None:
    edge = _edge(found)
    axes.axvline(0, color=MUTED, linewidth=0.8, zorder=0)
    for place, driver in enumerate(found):
        axes.axhline(place, color=RULE, linewidth=0.5, zorder=0)
        _draw_row(axes, driver, place, edge)
    steps = [step for step in _ODDS_STEPS if abs(np.log(step)) <= edge]
    axes.set_xticks(np.log(steps), [_step_label(step) for step in steps])
    axes.set_xlim(-edge * 1.04, edge * 1.04)
    axes.set_xlabel(words("drivers.swarm_axis"))
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    _draw_key(axes, words)


def _draw_row(axes: Axes, driver: Driver, place: int, edge: float) -> None:
    x = np.clip(driver.contributions, -edge, edge)
    y = place + _offsets(x, edge)
    missing = np.isnan(driver.values)
    known = ~missing
    if driver.direction == "category":
        axes.scatter(x[known], y[known], s=9, marker="s", color=MUTED, alpha=0.55, linewidth=0, rasterized=True)
    elif known.any():
        ranks = mean_ranks(driver.values[known]) / max(1, known.sum() - 1)
        axes.scatter(x[known], y[known], s=9, c=ranks, cmap=_SHADES, vmin=0, vmax=1, linewidth=0, rasterized=True)
    axes.scatter(x[missing], y[missing], s=10, marker="x", color=MUTED, alpha=0.6, linewidth=0.6, rasterized=True)


def _draw_key(axes: Axes, words: Vocabulary) -> None:
    entries = [
        ("o", _SHADES(0.0), words("drivers.key_low")),
        ("o", _SHADES(1.0), words("drivers.key_high")),
        ("x", MUTED, words("drivers.key_missing")),
        ("s", MUTED, words("drivers.key_category")),
    ]
    for mark, colour, text in entries:
        axes.scatter([], [], s=26, marker=mark, color=colour, label=text)
    axes.legend(
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        ncols=4,
        frameon=False,
        fontsize=8.5,
        handletextpad=0.1,
        columnspacing=1.2,
    )


def _offsets(x: FloatArray, edge: float, bins: int = 120) -> FloatArray:
    """Stack the dots of each narrow bin alternately above and below the row's line."""
    bin_of = np.round((x + edge) / (2 * edge) * bins).astype(np.int64)
    order = np.argsort(bin_of, kind="stable")
    starts = np.r_[0, np.cumsum(np.bincount(bin_of, minlength=bins + 1))[:-1]]
    layer = np.empty(len(x), dtype=np.int64)
    layer[order] = np.arange(len(x)) - starts[bin_of[order]]
    side = np.where(layer % 2 == 0, 1, -1) * ((layer + 1) // 2)
    step = _HALF_ROW / max(_LEAST_LAYERS, int(np.abs(side).max(initial=0)))
    return side.astype(np.float64) * step


def _edge(found: Sequence[Driver]) -> float:
    """Return where the axis ends: wide enough for all but the last few dots, which are drawn on the edge."""
    sizes = np.abs(np.concatenate([driver.contributions for driver in found]))
    return max(float(np.quantile(sizes, 0.999)), float(np.log(2)) * 1.05)


def _step_label(step: float) -> str:
    return f"×{step:.0f}" if step >= 1 else f"÷{1 / step:.0f}"


def _alt(found: Sequence[Driver], words: Vocabulary) -> str:
    first = found[0]
    return words(
        "drivers.alt",
        count=len(found),
        first=first.feature.wording.in_language(words.language),
        factor=words.numerals.factor(first.odds_factor),
        direction=words(f"drivers.direction_{first.direction}"),
    )
