"""The reliability diagram: what was predicted against what happened."""

from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from training.evaluation.curves import Reliability
from training.report.figures.canvas import ACCENT, INK, MUTED, Drawing, finish, house_style, only_axes
from training.report.vocabulary import Vocabulary

_ROUND_SHARES: Final = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
_PATCH: Final = {"boxstyle": "square,pad=0.2", "facecolor": "white", "edgecolor": "none", "alpha": 0.9}
_LEAST_GAP: Final = 0.09


def draw_reliability(curve: Reliability, words: Vocabulary) -> Drawing:
    """Draw the share won of each bin, with its interval, over its mean prediction."""
    with house_style(words.language):
        figure, axes = only_axes(4.1, 4.3)
        end = min(1.0, 1.06 * max(max(part.observed.high, part.mean_predicted) for part in curve.bins))
        _stretch(axes, end)
        axes.plot([0, end], [0, end], color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        _draw_bins(axes, curve)
        _name_sides(axes, words)
        axes.set_xlabel(words("reliability.x_axis"))
        axes.set_ylabel(words("reliability.y_axis"))
        return finish(figure, _alt(curve, words))


def _stretch(axes: Axes, end: float) -> None:
    """Scale both axes by the square root, which gives the many leads with low probabilities room and keeps 0."""
    scale = (np.sqrt, np.square)
    axes.set_xscale("function", functions=scale)
    axes.set_yscale("function", functions=scale)
    axes.set(xlim=(0, end), ylim=(0, end), aspect="equal")
    ticks = _ticks(end)
    labels = [f"{100 * tick:g}%" for tick in ticks]
    axes.set_xticks(ticks, labels)
    axes.set_yticks(ticks, labels)


def _ticks(end: float) -> list[float]:
    """Return round shares from the highest down, leaving out those too near to the last one."""
    kept: list[float] = []
    for tick in reversed([tick for tick in _ROUND_SHARES if tick <= end]):
        if not kept or np.sqrt(kept[-1]) - np.sqrt(tick) > _LEAST_GAP * np.sqrt(end):
            kept.append(tick)
    return kept[::-1]


def _name_sides(axes: Axes, words: Vocabulary) -> None:
    style: dict[str, Any] = {
        "transform": axes.transAxes,
        "color": MUTED,
        "fontsize": 8.5,
        "linespacing": 1.3,
        "bbox": _PATCH,
    }
    axes.text(0.03, 0.97, words("reliability.above"), ha="left", va="top", **style)
    axes.text(0.98, 0.04, words("reliability.below"), ha="right", va="bottom", **style)


def _draw_bins(axes: Axes, curve: Reliability) -> None:
    predicted = [part.mean_predicted for part in curve.bins]
    observed = [part.observed.value for part in curve.bins]
    axes.vlines(
        predicted,
        [part.observed.low for part in curve.bins],
        [part.observed.high for part in curve.bins],
        INK,
        linewidth=1.2,
    )
    axes.plot(
        predicted,
        observed,
        "o",
        color=ACCENT,
        markersize=6,
        markeredgecolor="white",
        markeredgewidth=0.8,
        clip_on=False,
    )


def _alt(curve: Reliability, words: Vocabulary) -> str:
    inside = sum(part.observed.low <= part.mean_predicted <= part.observed.high for part in curve.bins)
    return words("reliability.alt", inside=inside, bins=len(curve.bins), error=words.numerals.percent(curve.error))
